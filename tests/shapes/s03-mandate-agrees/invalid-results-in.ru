#! g:s-change | | hgs:check-s03-mandate-agrees
DELETE DATA { g:s-change hg:ofMandate mandate:team-1900 } ;
INSERT DATA { g:s-change hg:ofMandate mandate:other }
