#! g:c0101-02-r1 | hg:toClaim | sh:MaxCountConstraintComponent
INSERT DATA { g:c0101-02-r1 hg:toClaim g:c0101-01 }
