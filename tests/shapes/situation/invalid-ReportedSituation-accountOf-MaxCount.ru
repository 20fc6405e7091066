#! g:s-journey | hg:accountOf | sh:MaxCountConstraintComponent
INSERT DATA {
  g:s-journey hg:accountOf cluster:other .
  cluster:other a hg:EventCluster ; rdfs:label "Another journey"@en
}
