#! g:c0101-01 | hg:reviewStatus | sh:InConstraintComponent
DELETE DATA { g:c0101-01 hg:reviewStatus hg:draft } ;
INSERT DATA { g:c0101-01 hg:reviewStatus hg:verified }
