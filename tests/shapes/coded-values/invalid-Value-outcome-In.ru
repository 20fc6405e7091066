#! g:s-decision | hg:outcome | sh:InConstraintComponent
DELETE DATA { g:s-decision hg:outcome hg:adopted } ;
INSERT DATA { g:s-decision hg:outcome hg:forced }
