#! agent:casimir-voss | rdfs:label | sh:LanguageInConstraintComponent
INSERT DATA { agent:casimir-voss rdfs:label "Casimir Voss"@fr }
