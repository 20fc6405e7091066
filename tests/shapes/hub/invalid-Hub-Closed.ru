#! mandate:team-1900 | ex:holder | sh:ClosedConstraintComponent
INSERT DATA { mandate:team-1900 ex:holder "the team" }
