#! agent:freedonia-team | skos:altLabel | sh:DatatypeConstraintComponent
INSERT DATA { agent:freedonia-team skos:altLabel "The team" }
