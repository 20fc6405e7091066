#! g:s-release | | hgs:check-e17-published-mode
DELETE DATA { g:s-release hg:publishedSpeaker g:u-official }
