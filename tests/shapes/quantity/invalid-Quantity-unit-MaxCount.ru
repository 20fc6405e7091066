#! g:s-number | hg:unit | sh:MaxCountConstraintComponent
INSERT DATA { g:s-number hg:unit "days" }
