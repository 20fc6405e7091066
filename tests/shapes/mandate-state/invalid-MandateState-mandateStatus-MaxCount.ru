#! g:s-state-1 | hg:mandateStatus | sh:MaxCountConstraintComponent
INSERT DATA { g:s-state-1 hg:mandateStatus hg:inForce }
