#! g:s-meeting | hg:completion | sh:InConstraintComponent
DELETE DATA { g:s-meeting hg:completion hg:completed } ;
INSERT DATA { g:s-meeting hg:completion hg:failed }
