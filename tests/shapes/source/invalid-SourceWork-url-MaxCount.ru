#! source:example-gazette-1900 | schema:url | sh:MaxCountConstraintComponent
INSERT DATA { source:example-gazette-1900 schema:url ex:other }
