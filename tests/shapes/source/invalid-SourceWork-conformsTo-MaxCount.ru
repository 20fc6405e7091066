#! source:example-gazette-1900 | dcterms:conformsTo | sh:MaxCountConstraintComponent
INSERT DATA { source:example-gazette-1900 dcterms:conformsTo ex:other }
