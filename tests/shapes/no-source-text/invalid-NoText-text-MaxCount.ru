#! ex:body | schema:text | sh:MaxCountConstraintComponent
INSERT DATA { ex:body schema:text "the harbour" }
