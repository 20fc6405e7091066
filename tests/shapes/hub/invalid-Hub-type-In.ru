#! proposal:harbour | rdf:type | sh:InConstraintComponent
INSERT DATA { proposal:harbour a ex:Ultimatum }
