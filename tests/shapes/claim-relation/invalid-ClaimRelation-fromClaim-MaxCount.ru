#! g:c0101-02-r1 | hg:fromClaim | sh:MaxCountConstraintComponent
INSERT DATA { g:c0101-02-r1 hg:fromClaim g:c0101-01 }
