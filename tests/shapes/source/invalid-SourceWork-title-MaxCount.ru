#! source:example-gazette-1900 | dcterms:title | sh:MaxCountConstraintComponent
INSERT DATA { source:example-gazette-1900 dcterms:title "Talks"@en }
