#! source:sylvania-herald-1900 | dcterms:issued | sh:DatatypeConstraintComponent
DELETE DATA { source:sylvania-herald-1900 dcterms:issued "1900-02-03"^^xsd:date } ;
INSERT DATA { source:sylvania-herald-1900 dcterms:issued "1900-02-31"^^xsd:date }
