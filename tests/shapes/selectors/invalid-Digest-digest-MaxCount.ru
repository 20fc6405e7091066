#! g:p-10-40-digest | hg:digest | sh:MaxCountConstraintComponent
INSERT DATA {
  g:p-10-40-digest hg:digest "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
}
