#! g:c0101-09 | hg:reviewStatus | sh:HasValueConstraintComponent
DELETE DATA { g:c0101-09 hg:reviewStatus hg:withdrawn } ;
INSERT DATA { g:c0101-09 hg:reviewStatus hg:draft }
