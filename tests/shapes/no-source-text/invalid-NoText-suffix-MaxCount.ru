#! ex:selector | oa:suffix | sh:MaxCountConstraintComponent
INSERT DATA { ex:selector oa:suffix "the harbour" }
