#! ex:selector | oa:exact | sh:MaxCountConstraintComponent
INSERT DATA { ex:selector oa:exact "the harbour" }
