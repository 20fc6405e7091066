#! g:s-leak-1 | hg:accuracy | sh:InConstraintComponent
DELETE DATA { g:s-leak-1 hg:accuracy hg:accurate } ;
INSERT DATA { g:s-leak-1 hg:accuracy hg:true }
