#! g:s-state-1 | hg:ofMandate | sh:MaxCountConstraintComponent
DELETE DATA { g:s-state-2 hg:precededBy g:s-state-1 } ;
INSERT DATA { g:s-state-1 hg:ofMandate mandate:other }
