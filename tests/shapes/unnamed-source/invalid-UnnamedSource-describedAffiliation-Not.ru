#! agent:casimir-voss | | hgs:check-e11-no-direct-edge
#! g:u-k | hg:describedAffiliation | sh:NotConstraintComponent
INSERT DATA { g:u-k hg:describedAffiliation agent:casimir-voss }
