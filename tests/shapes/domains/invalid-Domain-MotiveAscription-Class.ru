#! g:s-view | | sh:ClassConstraintComponent
INSERT DATA { g:s-view hg:motiveFor g:s-decision }
