#! g:c0101-02-r1 | hg:toClaim | sh:ClassConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:toClaim h:c0105-01 } ;
INSERT DATA { g:c0101-02-r1 hg:toClaim h:s-journey }
