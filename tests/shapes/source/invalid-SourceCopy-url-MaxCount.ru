#! g:copy-reprint | schema:url | sh:MaxCountConstraintComponent
INSERT DATA { g:copy-reprint schema:url ex:other }
