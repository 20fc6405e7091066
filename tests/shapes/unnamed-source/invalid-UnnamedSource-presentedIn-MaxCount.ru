#! g:u-k | hg:presentedIn | sh:MaxCountConstraintComponent
INSERT DATA { g:u-k hg:presentedIn source:sylvania-herald-1900 }
