#! g:c0101-09 | prov:invalidatedAtTime | sh:MaxCountConstraintComponent
INSERT DATA { g:c0101-09 prov:invalidatedAtTime "1900-05-01"^^xsd:date }
