#! g:c0103-06 | | hgs:check-e08-adverse-role
#! g:s-origin | hg:originator | sh:ClassConstraintComponent
DELETE DATA { g:s-origin hg:originator agent:harbour-ministry } ;
INSERT DATA { g:s-origin hg:originator "the ministry" }
