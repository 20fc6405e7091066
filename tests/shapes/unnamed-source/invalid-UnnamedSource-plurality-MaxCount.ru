#! g:u-k | hg:plurality | sh:MaxCountConstraintComponent
INSERT DATA { g:u-k hg:plurality hg:several }
