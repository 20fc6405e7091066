#! g:u-k | hg:pseudonym | sh:MaxLengthConstraintComponent
DELETE DATA { g:u-k hg:pseudonym "K." } ;
INSERT DATA { g:u-k hg:pseudonym "the one we all call K." }
