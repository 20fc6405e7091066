#! g:s-state-1 | hg:ofMandate | sh:MinCountConstraintComponent
DELETE DATA { g:s-state-1 hg:ofMandate mandate:team-1900 }
