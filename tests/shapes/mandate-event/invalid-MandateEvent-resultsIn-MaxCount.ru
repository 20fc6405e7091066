#! g:s-change | hg:resultsIn | sh:MaxCountConstraintComponent
INSERT DATA { g:s-change hg:resultsIn g:s-state-1 }
