#! g:c0101-09 | skos:changeNote | sh:MinCountConstraintComponent
DELETE DATA { g:c0101-09 skos:changeNote "Misread."@en }
