#! ex:body | schema:articleBody | sh:MaxCountConstraintComponent
INSERT DATA { ex:body schema:articleBody "the harbour" }
