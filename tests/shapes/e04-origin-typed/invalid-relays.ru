#! g:c0101-02-a1 | | hgs:check-e04-origin-typed
INSERT DATA { g:c0101-02-a1 a hg:OriginAttribution }
