#! g:u-official | rdf:type | sh:InConstraintComponent
INSERT DATA { g:u-official a ex:Envoy }
