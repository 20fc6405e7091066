#! agent:casimir-voss | | hgs:check-e11-no-direct-edge
#! agent:casimir-voss | owl:sameAs | sh:PatternConstraintComponent
#! g:u-official | | hgs:check-e05-no-identity-link
INSERT DATA { agent:casimir-voss owl:sameAs g:u-official }
