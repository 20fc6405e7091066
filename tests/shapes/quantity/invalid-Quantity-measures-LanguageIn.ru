#! g:s-number | hg:measures | sh:LanguageInConstraintComponent
INSERT DATA { g:s-number hg:measures "delegates" }
