#! g:p-10-40-digest | hg:digest | sh:PatternConstraintComponent
DELETE DATA {
  g:p-10-40-digest hg:digest "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
} ;
INSERT DATA { g:p-10-40-digest hg:digest "the harbour" }
