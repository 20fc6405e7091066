#! g:s-number | hg:unit | sh:DatatypeConstraintComponent
DELETE DATA { g:s-number hg:unit "people" } ;
INSERT DATA { g:s-number hg:unit "people"@en }
