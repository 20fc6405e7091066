#! agent:casimir-voss | | hgs:check-e11-no-direct-edge
#! agent:freedonia-team | ex:ledBy | sh:ClosedConstraintComponent
INSERT DATA { agent:freedonia-team ex:ledBy agent:casimir-voss }
