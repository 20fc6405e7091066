#! g:u-k | hg:presentedIn | sh:ClassConstraintComponent
DELETE DATA { g:u-k hg:presentedIn source:example-gazette-1900 } ;
INSERT DATA { g:u-k hg:presentedIn agent:example-gazette }
