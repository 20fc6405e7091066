#! g:c0101-09 | hg:reviewStatus | sh:MaxCountConstraintComponent
INSERT DATA { g:c0101-09 hg:reviewStatus hg:draft }
