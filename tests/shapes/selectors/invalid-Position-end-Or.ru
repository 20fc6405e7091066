#! g:p-10-40-pos | oa:end | sh:OrConstraintComponent
DELETE DATA { g:p-10-40-pos oa:end "40"^^xsd:nonNegativeInteger } ;
INSERT DATA { g:p-10-40-pos oa:end 40.5 }
