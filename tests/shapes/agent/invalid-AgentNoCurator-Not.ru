#! curator:3 | | sh:NotConstraintComponent
INSERT DATA { curator:3 a hg:Institution , hg:Agent ; rdfs:label "Curator 3"@en }
