#! g:c0101-04 | | hgs:check-e08-adverse-role
DELETE DATA { g:s-leak-2 hg:discloser g:u-delegates } ;
INSERT DATA { g:s-leak-2 hg:discloser agent:harbour-ministry }
