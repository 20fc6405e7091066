#! g:c0104-04-a1 | | hgs:check-e04-chain-anchored
DELETE DATA { g:c0104-04-a1 hg:reportedIn g:p-10-40 }
