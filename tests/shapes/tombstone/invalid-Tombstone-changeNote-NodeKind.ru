#! g:c0101-09 | skos:changeNote | sh:NodeKindConstraintComponent
INSERT DATA { g:c0101-09 skos:changeNote ex:note }
