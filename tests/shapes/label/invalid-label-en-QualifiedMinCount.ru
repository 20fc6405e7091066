#! place:port-city | rdfs:label | sh:QualifiedMinCountConstraintComponent
DELETE DATA { place:port-city rdfs:label "Port City"@en }
