#! g:s-state-1 | hg:mandateStatus | sh:MinCountConstraintComponent
DELETE DATA { g:s-state-1 hg:mandateStatus hg:notInForce }
