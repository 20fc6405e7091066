#! g:s-speech | hg:when | sh:DatatypeConstraintComponent
DELETE DATA { g:s-speech hg:when "1900-01-01"^^edtf:EDTF } ;
INSERT DATA { g:s-speech hg:when "1900-01-01"^^xsd:date }
