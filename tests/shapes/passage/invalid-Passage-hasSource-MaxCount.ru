#! g:p-10-40 | oa:hasSource | sh:MaxCountConstraintComponent
INSERT DATA {
  g:t-he a hg:SourceText ;
    hg:textOf source:example-gazette-1900 ;
    hg:normalisation hg:norm1 ;
    dcterms:language "he" ;
    hg:digest "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee" .
  g:p-10-40 oa:hasSource g:t-he
}
