#! g:s-speech | hg:startMax | sh:MaxCountConstraintComponent
INSERT DATA { g:s-speech hg:startMax "1900-01-01"^^xsd:date } ;
DELETE DATA { g:s-speech hg:endMax "1900-01-01"^^xsd:date } ;
INSERT DATA { g:s-speech hg:startMax "1900-01-02"^^xsd:date }
