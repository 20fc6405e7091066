#! g:s-number | hg:valueMax | sh:DatatypeConstraintComponent
DELETE DATA { g:s-number hg:valueMax 14.0 } ;
INSERT DATA { g:s-number hg:valueMax 14 }
