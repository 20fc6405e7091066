#! g:s-state-1 | hg:issuer | sh:ClassConstraintComponent
INSERT DATA { g:s-state-1 hg:issuer office:envoy }
