#! g:t-en | schema:description | sh:ClosedConstraintComponent
INSERT DATA { g:t-en schema:description "All that was said." }
