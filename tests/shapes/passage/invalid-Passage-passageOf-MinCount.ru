#! h:p-page-2 | hg:passageOf | sh:MinCountConstraintComponent
DELETE DATA { h:p-page-2 hg:passageOf source:sylvania-herald-1900 }
