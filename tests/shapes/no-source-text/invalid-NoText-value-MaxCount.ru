#! ex:body | rdf:value | sh:MaxCountConstraintComponent
INSERT DATA { ex:body rdf:value "the harbour" }
