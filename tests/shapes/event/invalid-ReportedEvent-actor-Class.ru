#! g:s-meeting | hg:actor | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:actor office:envoy }
