#! g:s-motive | hg:motiveFor | sh:ClassConstraintComponent
INSERT DATA { g:s-motive hg:motiveFor proposal:harbour }
