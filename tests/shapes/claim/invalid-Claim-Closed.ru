#! g:c0101-01 | schema:reviewRating | sh:ClosedConstraintComponent
INSERT DATA { g:c0101-01 schema:reviewRating "4" }
