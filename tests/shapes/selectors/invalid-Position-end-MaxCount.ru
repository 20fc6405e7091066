#! g:p-10-40-pos | oa:end | sh:MaxCountConstraintComponent
INSERT DATA { g:p-10-40-pos oa:end "41"^^xsd:nonNegativeInteger }
