#! g:copy-reprint | pav:retrievedOn | sh:DatatypeConstraintComponent
DELETE DATA { g:copy-reprint pav:retrievedOn "1900-03-01"^^xsd:date } ;
INSERT DATA { g:copy-reprint pav:retrievedOn "March 1900" }
