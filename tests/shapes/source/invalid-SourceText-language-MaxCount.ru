#! h:t-en | dcterms:language | sh:MaxCountConstraintComponent
INSERT DATA { h:t-en dcterms:language "he" }
