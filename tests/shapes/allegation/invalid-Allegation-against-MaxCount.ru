#! g:c0103-04-g1 | hg:against | sh:MaxCountConstraintComponent
INSERT DATA {
  g:c0103-04-g1 hg:against agent:freedonia-team .
  g:c0103-04 hg:allegationAgainst agent:freedonia-team
}
