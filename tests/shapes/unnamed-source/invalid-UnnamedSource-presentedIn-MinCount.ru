#! g:u-official | hg:presentedIn | sh:MinCountConstraintComponent
DELETE DATA { g:u-official hg:presentedIn source:example-gazette-1900 }
