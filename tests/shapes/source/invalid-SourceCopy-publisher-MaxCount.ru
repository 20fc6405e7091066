#! g:copy-reprint | dcterms:publisher | sh:MaxCountConstraintComponent
INSERT DATA { g:copy-reprint dcterms:publisher "Another service" }
