#! g:s-change | hg:ofMandate | sh:MaxCountConstraintComponent
DELETE DATA { g:s-change hg:resultsIn g:s-state-2 } ;
INSERT DATA { g:s-change hg:ofMandate mandate:other }
