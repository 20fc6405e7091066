#! agent:casimir-voss | dcterms:identifier | sh:NodeKindConstraintComponent
INSERT DATA { agent:casimir-voss dcterms:identifier ex:voss }
