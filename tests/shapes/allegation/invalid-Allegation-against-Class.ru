#! g:c0103-04 | | hgs:check-e06-allegation-agrees
#! g:c0103-04-g1 | hg:against | sh:ClassConstraintComponent
DELETE DATA {
  g:c0103-04-g1 hg:against agent:harbour-ministry .
  g:c0103-04 hg:allegationAgainst agent:harbour-ministry .
  g:s-motive hg:ascribedTo agent:harbour-ministry
} ;
INSERT DATA {
  g:c0103-04-g1 hg:against office:envoy .
  g:s-motive hg:ascribedTo g:u-official
}
