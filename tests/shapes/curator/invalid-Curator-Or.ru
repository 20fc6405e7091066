#! curator:1 | | sh:OrConstraintComponent
INSERT DATA { curator:1 foaf:name "Ann Reader" }
