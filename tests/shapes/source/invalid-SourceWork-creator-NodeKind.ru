#! source:sylvania-herald-1900 | dcterms:creator | sh:NodeKindConstraintComponent
INSERT DATA { source:sylvania-herald-1900 dcterms:creator ex:author }
