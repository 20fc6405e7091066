DELETE DATA { g:s-number hg:value 12.0 ; hg:valueMax 14.0 }
