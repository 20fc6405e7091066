#! source:example-gazette-1900 | dcterms:license | sh:MaxCountConstraintComponent
INSERT DATA { source:example-gazette-1900 dcterms:license ex:other }
