#! g:c0101-02-a1 | | hgs:check-e04-chain-acyclic
#! g:c0101-02-a2 | | hgs:check-e04-chain-acyclic
DELETE DATA { g:c0101-02-a2 a hg:OriginAttribution } ;
INSERT DATA { g:c0101-02-a2 hg:relays g:c0101-02-a1 }
