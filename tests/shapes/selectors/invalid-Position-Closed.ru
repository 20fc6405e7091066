#! g:p-10-40-pos | ex:words | sh:ClosedConstraintComponent
INSERT DATA { g:p-10-40-pos ex:words "the harbour" }
