#! g:c0101-02-r1 | hg:toClaim | sh:MinCountConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:toClaim h:c0105-01 }
