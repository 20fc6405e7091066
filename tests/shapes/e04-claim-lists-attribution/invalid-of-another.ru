#! g:c0104-03-a1 | | hgs:check-e04-claim-lists-attribution
INSERT DATA { g:c0104-04 hg:attribution g:c0104-03-a1 }
