#! g:s-meeting | hg:participant | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:participant office:envoy }
