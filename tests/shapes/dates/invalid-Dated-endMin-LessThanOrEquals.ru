#! g:s-speech | hg:endMin | sh:LessThanOrEqualsConstraintComponent
DELETE DATA { g:s-speech hg:endMin "1900-01-01"^^xsd:date } ;
INSERT DATA { g:s-speech hg:endMin "1900-01-02"^^xsd:date }
