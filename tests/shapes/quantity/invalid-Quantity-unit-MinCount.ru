#! g:s-number | hg:unit | sh:MinCountConstraintComponent
DELETE DATA { g:s-number hg:unit "people" }
