#! g:c0104-04 | hg:inSource | sh:MaxCountConstraintComponent
#! g:c0104-04-a1 | | hgs:check-e04-passage-of-source
#! g:s-absence | | hgs:check-e01-one-source
INSERT DATA { g:c0104-04 hg:inSource source:sylvania-herald-1900 }
