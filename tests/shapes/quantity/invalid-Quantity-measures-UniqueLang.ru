#! g:s-number | hg:measures | sh:UniqueLangConstraintComponent
INSERT DATA { g:s-number hg:measures "delegates"@en }
