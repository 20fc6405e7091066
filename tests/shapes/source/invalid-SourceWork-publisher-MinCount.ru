#! source:sylvania-herald-1900 | dcterms:publisher | sh:MinCountConstraintComponent
DELETE DATA { source:sylvania-herald-1900 dcterms:publisher agent:sylvania-herald }
