#! g:s-speech | hg:whenText | sh:DatatypeConstraintComponent
DELETE DATA { g:s-speech hg:whenText "New Year's Day"@en } ;
INSERT DATA { g:s-speech hg:whenText "New Year's Day" }
