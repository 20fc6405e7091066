#! g:c0103-04 | | hgs:check-e08-adverse-role
INSERT DATA { g:s-motive hg:ascribedTo agent:casimir-voss }
