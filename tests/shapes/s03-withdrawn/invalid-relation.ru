#! g:c0101-02-r1 | | hgs:check-s03-withdrawn
#! g:c0101-02-r1 | hg:toClaim | sh:ClassConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:toClaim h:c0105-01 } ;
INSERT DATA { g:c0101-02-r1 hg:toClaim g:c0101-09 }
