#! g:c0101-02-r1 | hg:fromClaim | sh:ClassConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:fromClaim g:c0101-02 } ;
INSERT DATA { g:c0101-02-r1 hg:fromClaim g:s-journey }
