#! g:p-10-40-pos | oa:start | sh:MinCountConstraintComponent
DELETE DATA { g:p-10-40-pos oa:start "10"^^xsd:nonNegativeInteger }
