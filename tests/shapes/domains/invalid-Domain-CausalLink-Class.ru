#! g:s-view | | sh:ClassConstraintComponent
INSERT DATA { g:s-view hg:causalRole hg:caused }
