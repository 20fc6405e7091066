#! g:s-meeting | | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:outcome hg:adopted }
