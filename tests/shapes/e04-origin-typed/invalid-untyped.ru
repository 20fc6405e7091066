#! g:c0104-04-a1 | | hgs:check-e04-origin-typed
DELETE DATA { g:c0104-04-a1 a hg:OriginAttribution }
