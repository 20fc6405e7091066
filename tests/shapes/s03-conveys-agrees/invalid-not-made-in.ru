#! g:s-speech | | hgs:check-s03-conveys-agrees
DELETE DATA { g:c0101-02-a2 hg:madeIn g:s-speech }
