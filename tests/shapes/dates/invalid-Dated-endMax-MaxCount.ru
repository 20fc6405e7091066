#! g:s-speech | hg:endMax | sh:MaxCountConstraintComponent
INSERT DATA { g:s-speech hg:endMax "1900-01-02"^^xsd:date }
