#! g:s-meeting | hg:accountOf | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:accountOf h:s-journey }
