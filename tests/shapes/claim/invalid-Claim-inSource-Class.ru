#! g:c0104-04 | hg:inSource | sh:ClassConstraintComponent
#! g:c0104-04-a1 | | hgs:check-e04-passage-of-source
DELETE DATA { g:c0104-04 hg:inSource source:example-gazette-1900 } ;
INSERT DATA { g:c0104-04 hg:inSource agent:example-gazette }
