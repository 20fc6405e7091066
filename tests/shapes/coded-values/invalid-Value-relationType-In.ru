#! g:c0101-02-r1 | hg:relationType | sh:InConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:relationType hg:rContradicts } ;
INSERT DATA { g:c0101-02-r1 hg:relationType hg:rRefutes }
