#! g:c0101-01-a1 | hg:stance | sh:InConstraintComponent
DELETE DATA { g:c0101-01-a1 hg:stance hg:asserts } ;
INSERT DATA { g:c0101-01-a1 hg:stance hg:admits }
