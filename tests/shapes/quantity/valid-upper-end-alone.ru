DELETE DATA { g:s-number hg:value 12.0 ; hg:valueMin 10.0 }
