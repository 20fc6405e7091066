#! g:u-official | hg:descriptor | sh:UniqueLangConstraintComponent
INSERT DATA { g:u-official hg:descriptor "harbour official"@en }
