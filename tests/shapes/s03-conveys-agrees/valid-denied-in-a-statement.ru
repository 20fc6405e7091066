INSERT DATA { g:c0101-03-b2 hg:madeIn g:s-speech }
