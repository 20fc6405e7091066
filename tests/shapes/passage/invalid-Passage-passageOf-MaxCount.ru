#! g:p-12-15 | hg:passageOf | sh:MaxCountConstraintComponent
INSERT DATA {
  g:p-12-15 a hg:Passage ;
    hg:passageOf source:example-gazette-1900 , source:sylvania-herald-1900 ;
    hg:locator "line 3"
}
