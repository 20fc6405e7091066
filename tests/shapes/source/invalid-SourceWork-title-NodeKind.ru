#! source:sylvania-herald-1900 | dcterms:title | sh:NodeKindConstraintComponent
INSERT DATA { source:sylvania-herald-1900 dcterms:title ex:title }
