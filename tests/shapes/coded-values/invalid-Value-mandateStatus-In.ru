#! g:s-state-1 | hg:mandateStatus | sh:InConstraintComponent
DELETE DATA { g:s-state-1 hg:mandateStatus hg:notInForce } ;
INSERT DATA { g:s-state-1 hg:mandateStatus hg:void }
