#! g:p-10-40 | ex:quotation | sh:ClosedConstraintComponent
INSERT DATA { g:p-10-40 ex:quotation "All that was said." }
