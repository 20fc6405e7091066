#! g:u-k | hg:pseudonym | sh:DatatypeConstraintComponent
DELETE DATA { g:u-k hg:pseudonym "K." } ;
INSERT DATA { g:u-k hg:pseudonym "K."@en }
