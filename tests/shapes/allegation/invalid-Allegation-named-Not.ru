#! g:c0103-04-g1 | hg:against | sh:NotConstraintComponent
DELETE DATA {
  g:c0103-04-g1 hg:against agent:harbour-ministry .
  g:c0103-04 hg:allegationAgainst agent:harbour-ministry .
  g:s-motive hg:ascribedTo agent:harbour-ministry
} ;
INSERT DATA {
  g:c0103-04-g1 hg:against g:u-official .
  g:c0103-04 hg:allegationAgainst g:u-official .
  g:s-motive hg:ascribedTo g:u-official
}
