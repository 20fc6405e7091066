#! g:p-10-40-pos | oa:start | sh:MaxCountConstraintComponent
INSERT DATA { g:p-10-40-pos oa:start "11"^^xsd:nonNegativeInteger }
