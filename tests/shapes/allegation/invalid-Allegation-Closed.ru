#! g:c0103-04-g1 | rdfs:comment | sh:ClosedConstraintComponent
INSERT DATA { g:c0103-04-g1 rdfs:comment "Proven." }
