#! h:p-page-2 | hg:locator | sh:MaxLengthConstraintComponent
DELETE DATA { h:p-page-2 hg:locator "page 2" } ;
INSERT DATA { h:p-page-2 hg:locator "page 2, where the envoy says that the harbour will be handed over" }
