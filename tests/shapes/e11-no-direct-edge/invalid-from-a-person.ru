#! agent:casimir-voss | | hgs:check-e11-no-direct-edge
#! agent:casimir-voss | ex:leads | sh:ClosedConstraintComponent
INSERT DATA { agent:casimir-voss ex:leads agent:freedonia-team }
