#! source:example-gazette-1900 | dcterms:abstract | sh:ClosedConstraintComponent
INSERT DATA { source:example-gazette-1900 dcterms:abstract "All that was said." }
