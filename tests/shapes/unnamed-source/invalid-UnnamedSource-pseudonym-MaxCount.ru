#! g:u-k | hg:pseudonym | sh:MaxCountConstraintComponent
INSERT DATA { g:u-k hg:pseudonym "Q." }
