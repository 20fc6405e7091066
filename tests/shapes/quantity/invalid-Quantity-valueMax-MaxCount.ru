#! g:s-number | hg:valueMax | sh:MaxCountConstraintComponent
INSERT DATA { g:s-number hg:valueMax 15.0 }
