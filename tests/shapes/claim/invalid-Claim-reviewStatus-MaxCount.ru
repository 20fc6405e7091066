#! g:c0104-04 | hg:reviewStatus | sh:MaxCountConstraintComponent
INSERT DATA { g:c0104-04 hg:reviewStatus hg:challenged }
