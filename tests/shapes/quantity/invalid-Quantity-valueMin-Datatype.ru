#! g:s-number | hg:valueMin | sh:DatatypeConstraintComponent
DELETE DATA { g:s-number hg:valueMin 10.0 } ;
INSERT DATA { g:s-number hg:valueMin 10 }
