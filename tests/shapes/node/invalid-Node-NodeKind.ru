#! _: | | sh:NodeKindConstraintComponent
DELETE DATA { g:p-10-40 oa:hasSelector g:p-10-40-digest } ;
INSERT DATA {
  g:p-10-40 oa:hasSelector [ a hg:DigestSelector ;
    hg:digest "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" ]
}
