#! g:c0101-03 | | sh:OrConstraintComponent
DELETE DATA { g:c0101-03 hg:reviewedBy curator:1 }
