#! g:u-official | hg:descriptor | sh:DatatypeConstraintComponent
INSERT DATA { g:u-official hg:descriptor "harbour official" }
