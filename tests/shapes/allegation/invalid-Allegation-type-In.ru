#! g:c0103-04-g1 | rdf:type | sh:InConstraintComponent
INSERT DATA { g:c0103-04-g1 a ex:Crime }
