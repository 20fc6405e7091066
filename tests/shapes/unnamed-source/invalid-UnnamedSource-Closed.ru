#! g:u-official | foaf:name | sh:ClosedConstraintComponent
INSERT DATA { g:u-official foaf:name "Casimir Voss" }
