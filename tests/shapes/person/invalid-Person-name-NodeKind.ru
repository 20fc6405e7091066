#! agent:casimir-voss | foaf:name | sh:NodeKindConstraintComponent
INSERT DATA { agent:casimir-voss foaf:name ex:voss }
