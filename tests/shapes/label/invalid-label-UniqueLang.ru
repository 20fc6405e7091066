#! agent:casimir-voss | rdfs:label | sh:UniqueLangConstraintComponent
INSERT DATA { agent:casimir-voss rdfs:label "C. Voss"@en }
