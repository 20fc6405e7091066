#! source:example-gazette-1900 | dcterms:language | sh:MaxCountConstraintComponent
INSERT DATA { source:example-gazette-1900 dcterms:language "he" }
