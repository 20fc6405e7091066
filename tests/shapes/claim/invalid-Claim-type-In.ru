#! g:c0101-01 | rdf:type | sh:InConstraintComponent
INSERT DATA { g:c0101-01 a ex:FalseClaim }
