#! g:s-tenure | hg:office | sh:MaxCountConstraintComponent
INSERT DATA {
  g:s-tenure hg:office office:minister .
  office:minister a hg:Office ; rdfs:label "Minister"@en
}
