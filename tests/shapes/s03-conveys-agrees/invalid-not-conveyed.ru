#! g:s-speech | | hgs:check-s03-conveys-agrees
DELETE DATA { g:s-speech hg:conveys g:c0101-02 }
