#! g:copy-reprint | dcterms:license | sh:MaxCountConstraintComponent
INSERT DATA { g:copy-reprint dcterms:license ex:other }
