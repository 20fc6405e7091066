#! g:s-leak-2 | hg:information | sh:ClassConstraintComponent
INSERT DATA { g:s-leak-2 hg:information proposal:harbour }
