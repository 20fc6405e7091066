#! g:i-number | ex:content | sh:ClosedConstraintComponent
INSERT DATA { g:i-number rdf:type hg:InformationItem ; ex:content "12" }
