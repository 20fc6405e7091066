#! g:c0103-06 | | hgs:check-e08-adverse-role
INSERT DATA { g:s-origin hg:originator agent:casimir-voss }
