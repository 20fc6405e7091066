#! g:c0101-02-r1 | hg:fromClaim | sh:MinCountConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:fromClaim g:c0101-02 }
