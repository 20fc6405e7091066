#! g:s-link | hg:effect | sh:ClassConstraintComponent
INSERT DATA { g:s-link hg:effect proposal:harbour }
