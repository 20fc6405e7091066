#! agent:harbour-ministry | skos:note | sh:UniqueLangConstraintComponent
INSERT DATA { agent:harbour-ministry skos:note "Closed in 1901."@en }
