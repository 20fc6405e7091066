#! g:copy-reprint | ex:text | sh:ClosedConstraintComponent
INSERT DATA { g:copy-reprint ex:text "All that was said." }
