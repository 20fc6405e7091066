#! g:s-number | hg:value | sh:DatatypeConstraintComponent
DELETE DATA { g:s-number hg:value 12.0 } ;
INSERT DATA { g:s-number hg:value 12 }
