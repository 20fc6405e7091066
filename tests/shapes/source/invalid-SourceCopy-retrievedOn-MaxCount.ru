#! g:copy-reprint | pav:retrievedOn | sh:MaxCountConstraintComponent
INSERT DATA { g:copy-reprint pav:retrievedOn "1900-03-02"^^xsd:date }
