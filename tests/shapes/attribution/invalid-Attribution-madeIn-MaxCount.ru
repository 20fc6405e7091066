#! g:c0101-02-a2 | hg:madeIn | sh:MaxCountConstraintComponent
INSERT DATA {
  g:c0101-02-a2 hg:madeIn g:s-release .
  g:s-release hg:conveys g:c0101-02
}
