#! g:s-speech | hg:when | sh:MaxCountConstraintComponent
INSERT DATA { g:s-speech hg:when "1900-01"^^edtf:EDTF }
