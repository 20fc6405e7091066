#! g:s-meeting | | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:value 12.0 }
