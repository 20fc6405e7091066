#! g:s-link | hg:cause | sh:ClassConstraintComponent
INSERT DATA { g:s-link hg:cause proposal:harbour }
