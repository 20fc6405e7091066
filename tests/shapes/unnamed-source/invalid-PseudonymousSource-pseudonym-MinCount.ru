#! g:u-k | hg:pseudonym | sh:MinCountConstraintComponent
DELETE DATA { g:u-k hg:pseudonym "K." }
