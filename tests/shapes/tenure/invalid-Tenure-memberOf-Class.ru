#! g:s-tenure | hg:memberOf | sh:ClassConstraintComponent
DELETE DATA { g:s-tenure hg:memberOf agent:freedonia-team } ;
INSERT DATA { g:s-tenure hg:memberOf place:port-city }
