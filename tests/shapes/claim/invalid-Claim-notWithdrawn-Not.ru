#! g:c0104-04 | hg:reviewStatus | sh:NotConstraintComponent
DELETE DATA { g:c0104-04 hg:reviewStatus hg:draft } ;
INSERT DATA { g:c0104-04 hg:reviewStatus hg:withdrawn }
