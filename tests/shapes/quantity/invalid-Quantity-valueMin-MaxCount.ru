#! g:s-number | hg:valueMin | sh:MaxCountConstraintComponent
INSERT DATA { g:s-number hg:valueMin 11.0 }
