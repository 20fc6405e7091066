#! g:s-speech | hg:startMin | sh:MaxCountConstraintComponent
INSERT DATA { g:s-speech hg:startMin "1899-12-31"^^xsd:date }
