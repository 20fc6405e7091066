#! agent:harbour-ministry | ex:controls | sh:ClosedConstraintComponent
INSERT DATA { agent:harbour-ministry ex:controls ex:harbour }
