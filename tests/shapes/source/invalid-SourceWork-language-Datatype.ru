#! source:sylvania-herald-1900 | dcterms:language | sh:DatatypeConstraintComponent
INSERT DATA { source:sylvania-herald-1900 dcterms:language "English"@en }
