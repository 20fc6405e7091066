#! g:c0104-04 | | hgs:check-e06-allegation-agrees
#! g:c0104-04 | hg:allegationAgainst | sh:ClassConstraintComponent
INSERT DATA { g:c0104-04 hg:allegationAgainst office:envoy }
