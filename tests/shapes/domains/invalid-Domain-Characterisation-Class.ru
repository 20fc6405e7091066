#! g:s-motive | | sh:ClassConstraintComponent
INSERT DATA { g:s-motive hg:valence hg:negative }
