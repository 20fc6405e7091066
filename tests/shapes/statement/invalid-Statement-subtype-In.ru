#! g:s-speech | hg:subtype | sh:InConstraintComponent
DELETE DATA { g:s-speech hg:subtype hg:speech } ;
INSERT DATA { g:s-speech hg:subtype hg:summit }
