#! g:c0101-09 | rdf:type | sh:MinCountConstraintComponent
DELETE DATA { g:c0101-09 a prov:Entity }
