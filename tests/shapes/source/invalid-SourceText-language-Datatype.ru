#! h:t-en | dcterms:language | sh:DatatypeConstraintComponent
DELETE DATA { h:t-en dcterms:language "en" } ;
INSERT DATA { h:t-en dcterms:language "en"@en }
