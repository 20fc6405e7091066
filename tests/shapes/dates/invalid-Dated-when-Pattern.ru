#! g:s-speech | hg:when | sh:PatternConstraintComponent
DELETE DATA { g:s-speech hg:when "1900-01-01"^^edtf:EDTF } ;
INSERT DATA { g:s-speech hg:when "early January 1900"^^edtf:EDTF }
