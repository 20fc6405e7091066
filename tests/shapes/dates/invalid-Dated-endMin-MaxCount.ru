#! g:s-speech | hg:endMin | sh:MaxCountConstraintComponent
DELETE DATA { g:s-speech hg:startMin "1900-01-01"^^xsd:date } ;
INSERT DATA { g:s-speech hg:endMin "1899-12-31"^^xsd:date }
