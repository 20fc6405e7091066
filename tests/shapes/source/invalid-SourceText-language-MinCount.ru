#! h:t-en | dcterms:language | sh:MinCountConstraintComponent
DELETE DATA { h:t-en dcterms:language "en" }
