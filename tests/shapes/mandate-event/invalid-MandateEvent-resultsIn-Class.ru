#! g:s-change | hg:resultsIn | sh:ClassConstraintComponent
DELETE DATA { g:s-change hg:resultsIn g:s-state-2 } ;
INSERT DATA { g:s-change hg:resultsIn g:s-decision }
