#! g:s-number | hg:valueMin | sh:LessThanOrEqualsConstraintComponent
DELETE DATA { g:s-number hg:valueMin 10.0 } ;
INSERT DATA { g:s-number hg:valueMin 14.5 }
