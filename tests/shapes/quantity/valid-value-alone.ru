DELETE DATA { g:s-number hg:valueMin 10.0 ; hg:valueMax 14.0 }
