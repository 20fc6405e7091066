#! g:s-speech | hg:startMax | sh:DatatypeConstraintComponent
#! g:s-speech | hg:startMax | sh:LessThanOrEqualsConstraintComponent
DELETE DATA { g:s-speech hg:startMax "1900-01-01"^^xsd:date } ;
INSERT DATA { g:s-speech hg:startMax "1900-01"^^xsd:gYearMonth }
