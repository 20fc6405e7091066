#! g:u-official | | sh:ClassConstraintComponent
INSERT DATA { g:u-official hg:pseudonym "O." }
