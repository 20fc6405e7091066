#! g:p-10-40-digest | ex:words | sh:ClosedConstraintComponent
INSERT DATA { g:p-10-40-digest ex:words "the harbour" }
