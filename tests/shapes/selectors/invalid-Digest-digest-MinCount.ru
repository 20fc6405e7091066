#! g:p-10-40-digest | hg:digest | sh:MinCountConstraintComponent
DELETE DATA {
  g:p-10-40-digest hg:digest "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
}
