#! g:s-speech | hg:whenText | sh:PatternConstraintComponent
DELETE DATA { g:s-speech hg:whenText "New Year's Day"@en } ;
INSERT DATA { g:s-speech hg:whenText "on\tthe\nday\u00A0that began the year 1900"@en }
