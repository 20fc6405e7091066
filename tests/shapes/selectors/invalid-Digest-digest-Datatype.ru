#! g:p-10-40-digest | hg:digest | sh:DatatypeConstraintComponent
DELETE DATA {
  g:p-10-40-digest hg:digest "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
} ;
INSERT DATA {
  g:p-10-40-digest hg:digest "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"@en
}
