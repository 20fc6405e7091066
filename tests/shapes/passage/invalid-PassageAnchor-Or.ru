#! h:p-page-2 | | sh:OrConstraintComponent
DELETE DATA { h:p-page-2 hg:locator "page 2" }
