#! g:s-speech | hg:startMin | sh:DatatypeConstraintComponent
DELETE DATA { g:s-speech hg:startMin "1900-01-01"^^xsd:date } ;
INSERT DATA { g:s-speech hg:startMin "1900-13-01"^^xsd:date }
