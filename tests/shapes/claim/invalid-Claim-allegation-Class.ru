#! g:c0104-04 | | hgs:check-e06-allegation-reviewed
#! g:c0104-04 | hg:allegation | sh:ClassConstraintComponent
#! g:s-absence | | hgs:check-e12-alleged-label
INSERT DATA { g:c0104-04 hg:allegation g:s-absence }
