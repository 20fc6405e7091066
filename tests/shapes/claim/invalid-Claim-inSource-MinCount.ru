#! g:c0104-04 | hg:inSource | sh:MinCountConstraintComponent
DELETE DATA { g:c0104-04 hg:inSource source:example-gazette-1900 }
