#! g:i-number | hg:classification | sh:MaxCountConstraintComponent
INSERT DATA { g:i-number hg:classification hg:sensitive }
