#! g:s-meeting | hg:happensAfter | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:happensAfter g:s-state-1 }
