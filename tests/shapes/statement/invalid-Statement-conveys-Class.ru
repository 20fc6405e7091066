#! g:s-speech | | hgs:check-s03-conveys-agrees
#! g:s-speech | hg:conveys | sh:ClassConstraintComponent
INSERT DATA { g:s-speech hg:conveys g:s-journey }
