#! g:c0101-02-r1 | hg:relationType | sh:MinCountConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:relationType hg:rContradicts }
