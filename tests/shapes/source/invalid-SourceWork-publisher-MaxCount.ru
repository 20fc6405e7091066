#! source:sylvania-herald-1900 | dcterms:publisher | sh:MaxCountConstraintComponent
INSERT DATA { source:sylvania-herald-1900 dcterms:publisher agent:example-gazette }
