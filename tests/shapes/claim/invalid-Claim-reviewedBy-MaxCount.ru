#! g:c0101-03 | hg:reviewedBy | sh:MaxCountConstraintComponent
INSERT DATA {
  g:c0101-03 hg:reviewedBy curator:2 .
  curator:2 a prov:Agent ; rdfs:label "Curator 2"@en
}
