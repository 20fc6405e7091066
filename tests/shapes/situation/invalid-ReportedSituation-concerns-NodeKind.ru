#! g:s-meeting | hg:concerns | sh:NodeKindConstraintComponent
INSERT DATA { g:s-meeting hg:concerns "the harbour" }
