#! g:s-meeting | | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:changeType hg:narrowed }
