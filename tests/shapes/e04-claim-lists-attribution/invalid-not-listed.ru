#! g:c0101-02-a2 | | hgs:check-e04-claim-lists-attribution
DELETE DATA { g:c0101-02 hg:attribution g:c0101-02-a2 }
