#! g:s-view | hg:characterises | sh:NodeKindConstraintComponent
INSERT DATA { g:s-view hg:characterises "the harbour" }
