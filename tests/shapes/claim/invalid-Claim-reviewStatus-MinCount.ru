#! g:c0104-04 | hg:reviewStatus | sh:MinCountConstraintComponent
DELETE DATA { g:c0104-04 hg:reviewStatus hg:draft }
