#! g:s-leak-1 | | sh:ClassConstraintComponent
INSERT DATA { g:s-leak-1 hg:classification hg:topSecret }
