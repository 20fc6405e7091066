#! g:s-state-2 | | hgs:check-s03-mandate-agrees
DELETE DATA { g:s-state-1 hg:ofMandate mandate:team-1900 } ;
INSERT DATA { g:s-state-1 hg:ofMandate mandate:other }
