#! g:u-k | hg:plurality | sh:InConstraintComponent
DELETE DATA { g:u-k hg:plurality hg:single } ;
INSERT DATA { g:u-k hg:plurality hg:many }
