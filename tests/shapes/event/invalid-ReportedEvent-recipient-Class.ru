#! g:s-meeting | hg:recipient | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:recipient office:envoy }
