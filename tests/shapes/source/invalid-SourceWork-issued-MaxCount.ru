#! source:sylvania-herald-1900 | dcterms:issued | sh:MaxCountConstraintComponent
INSERT DATA { source:sylvania-herald-1900 dcterms:issued "1900-02-04"^^xsd:date }
