#! g:u-k | hg:plurality | sh:MinCountConstraintComponent
DELETE DATA { g:u-k hg:plurality hg:single }
