#! h:p-page-2 | hg:locator | sh:DatatypeConstraintComponent
DELETE DATA { h:p-page-2 hg:locator "page 2" } ;
INSERT DATA { h:p-page-2 hg:locator "page 2"@en }
