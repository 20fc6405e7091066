#! g:s-meeting | hg:reverses | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:reverses g:s-state-1 }
