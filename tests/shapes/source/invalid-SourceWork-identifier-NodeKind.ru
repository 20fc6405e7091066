#! source:sylvania-herald-1900 | dcterms:identifier | sh:NodeKindConstraintComponent
INSERT DATA { source:sylvania-herald-1900 dcterms:identifier ex:herald }
