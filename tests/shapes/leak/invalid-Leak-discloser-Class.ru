#! g:c0101-04 | | hgs:check-e08-adverse-role
#! g:s-leak-2 | hg:discloser | sh:ClassConstraintComponent
DELETE DATA { g:s-leak-2 hg:discloser g:u-delegates } ;
INSERT DATA { g:s-leak-2 hg:discloser office:envoy }
