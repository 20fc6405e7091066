#! g:i-number | hg:classification | sh:InConstraintComponent
DELETE DATA { g:i-number hg:classification hg:classified } ;
INSERT DATA { g:i-number hg:classification hg:open }
