#! g:c0101-09 | rdf:type | sh:InConstraintComponent
INSERT DATA { g:c0101-09 a ex:Mistake }
