#! ex:selector | oa:prefix | sh:MaxCountConstraintComponent
INSERT DATA { ex:selector oa:prefix "the harbour" }
