#! g:s-release | | hgs:check-e17-published-mode
DELETE DATA { g:s-release hg:attributionMode hg:anonymous ; hg:publishedSpeaker g:u-official } ;
INSERT DATA { g:s-release hg:attributionMode hg:onBehalf ; hg:publishedSpeaker agent:freedonia-team }
