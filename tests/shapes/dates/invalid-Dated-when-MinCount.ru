#! g:s-speech | hg:when | sh:MinCountConstraintComponent
DELETE DATA { g:s-speech hg:when "1900-01-01"^^edtf:EDTF }
