#! g:s-reply | hg:respondsTo | sh:NodeKindConstraintComponent
INSERT DATA { g:s-reply hg:respondsTo "the draft" }
