#! source:sylvania-herald-1900 | dcterms:issued | sh:MinCountConstraintComponent
DELETE DATA { source:sylvania-herald-1900 dcterms:issued "1900-02-03"^^xsd:date }
