#! g:s-change | hg:ofMandate | sh:MinCountConstraintComponent
DELETE DATA { g:s-change hg:ofMandate mandate:team-1900 }
