#! g:s-meeting | hg:place | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:place office:envoy }
