#! agent:casimir-voss | owl:sameAs | sh:PatternConstraintComponent
INSERT DATA { agent:casimir-voss owl:sameAs ex:voss }
