#! g:c0101-02-r1 | hg:relationType | sh:MaxCountConstraintComponent
INSERT DATA { g:c0101-02-r1 hg:relationType hg:rQualifies }
