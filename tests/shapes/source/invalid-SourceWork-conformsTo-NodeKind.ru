#! source:sylvania-herald-1900 | dcterms:conformsTo | sh:NodeKindConstraintComponent
INSERT DATA { source:sylvania-herald-1900 dcterms:conformsTo "0.1.0" }
