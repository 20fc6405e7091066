#! g:p-10-40-pos | oa:start | sh:OrConstraintComponent
DELETE DATA { g:p-10-40-pos oa:start "10"^^xsd:nonNegativeInteger } ;
INSERT DATA { g:p-10-40-pos oa:start -1 }
