#! g:s-speech | hg:whenText | sh:MaxCountConstraintComponent
INSERT DATA { g:s-speech hg:whenText "that day"@en }
