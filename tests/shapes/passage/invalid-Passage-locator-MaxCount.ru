#! h:p-page-2 | hg:locator | sh:MaxCountConstraintComponent
INSERT DATA { h:p-page-2 hg:locator "column 1" }
