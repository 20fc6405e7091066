#! agent:freedonia-team | foaf:homepage | sh:ClosedConstraintComponent
INSERT DATA { agent:freedonia-team foaf:homepage ex:team }
