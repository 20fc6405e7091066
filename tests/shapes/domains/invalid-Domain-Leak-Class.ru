#! g:s-meeting | | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:accuracy hg:accurate }
