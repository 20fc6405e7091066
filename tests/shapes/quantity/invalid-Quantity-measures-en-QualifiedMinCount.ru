#! g:s-number | hg:measures | sh:QualifiedMinCountConstraintComponent
DELETE DATA { g:s-number hg:measures "delegates at the talks"@en }
