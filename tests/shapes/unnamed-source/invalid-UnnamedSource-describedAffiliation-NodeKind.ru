#! g:u-k | hg:describedAffiliation | sh:NodeKindConstraintComponent
INSERT DATA { g:u-k hg:describedAffiliation "the team" }
