DELETE DATA { g:s-release hg:attributionMode hg:anonymous ; hg:publishedSpeaker g:u-official } ;
INSERT DATA { g:s-release hg:attributionMode hg:pseudonymous ; hg:publishedSpeaker g:u-k }
