#! place:port-city | ex:occupiedBy | sh:ClosedConstraintComponent
INSERT DATA { place:port-city ex:occupiedBy "Sylvania" }
