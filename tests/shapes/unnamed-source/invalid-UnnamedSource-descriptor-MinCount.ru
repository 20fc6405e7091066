#! g:u-official | hg:descriptor | sh:MinCountConstraintComponent
DELETE DATA { g:u-official hg:descriptor "senior harbour official"@en }
