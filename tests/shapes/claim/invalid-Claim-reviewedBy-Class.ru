#! g:c0101-01 | hg:reviewedBy | sh:ClassConstraintComponent
INSERT DATA { g:c0101-01 hg:reviewedBy office:envoy }
