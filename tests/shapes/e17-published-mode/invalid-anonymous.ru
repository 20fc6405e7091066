#! g:s-release | | hgs:check-e17-published-mode
DELETE DATA { g:s-release hg:publishedSpeaker g:u-official } ;
INSERT DATA { g:s-release hg:publishedSpeaker agent:freedonia-team }
