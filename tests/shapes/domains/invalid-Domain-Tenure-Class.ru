#! g:s-meeting | | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:office office:envoy }
