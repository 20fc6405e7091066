#! g:s-view | hg:characterises | sh:MinCountConstraintComponent
DELETE DATA { g:s-view hg:characterises proposal:harbour }
