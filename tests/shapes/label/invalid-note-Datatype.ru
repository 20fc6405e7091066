#! agent:freedonia-team | skos:note | sh:DatatypeConstraintComponent
INSERT DATA { agent:freedonia-team skos:note "Formed in 1899." }
