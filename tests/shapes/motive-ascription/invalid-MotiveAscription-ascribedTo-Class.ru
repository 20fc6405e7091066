#! g:c0103-04 | | hgs:check-e08-adverse-role
#! g:s-motive | hg:ascribedTo | sh:ClassConstraintComponent
DELETE DATA { g:s-motive hg:ascribedTo agent:harbour-ministry } ;
INSERT DATA { g:s-motive hg:ascribedTo "the ministry" }
