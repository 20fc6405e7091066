#! g:c0101-02 | skos:changeNote | sh:NodeKindConstraintComponent
INSERT DATA { g:c0101-02 skos:changeNote ex:note }
