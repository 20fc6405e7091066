#! g:s-speech | hg:endMin | sh:DatatypeConstraintComponent
#! g:s-speech | hg:endMin | sh:LessThanOrEqualsConstraintComponent
#! g:s-speech | hg:startMin | sh:LessThanOrEqualsConstraintComponent
DELETE DATA { g:s-speech hg:endMin "1900-01-01"^^xsd:date } ;
INSERT DATA { g:s-speech hg:endMin "New Year" }
