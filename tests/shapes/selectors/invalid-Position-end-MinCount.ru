#! g:p-10-40-pos | oa:end | sh:MinCountConstraintComponent
DELETE DATA { g:p-10-40-pos oa:end "40"^^xsd:nonNegativeInteger }
