#! g:s-journey | hg:memberCount | sh:MaxCountConstraintComponent
INSERT DATA { g:s-journey hg:memberCount "3"^^xsd:nonNegativeInteger }
