#! g:s-number | hg:value | sh:MaxCountConstraintComponent
INSERT DATA { g:s-number hg:value 13.0 }
