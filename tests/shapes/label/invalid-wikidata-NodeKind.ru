#! agent:casimir-voss | owl:sameAs | sh:NodeKindConstraintComponent
INSERT DATA { agent:casimir-voss owl:sameAs "http://www.wikidata.org/entity/Q999999999997" }
