#! g:s-instruction | hg:permits | sh:InConstraintComponent
DELETE DATA { g:s-instruction hg:permits hg:actListen } ;
INSERT DATA { g:s-instruction hg:permits hg:actSign }
