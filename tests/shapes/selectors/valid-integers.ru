DELETE DATA { g:p-10-40-pos oa:start "10"^^xsd:nonNegativeInteger ; oa:end "40"^^xsd:nonNegativeInteger } ;
INSERT DATA { g:p-10-40-pos oa:start 10 ; oa:end 40 }
