#! g:s-state-1 | hg:holder | sh:ClassConstraintComponent
INSERT DATA { g:s-state-1 hg:holder office:envoy }
