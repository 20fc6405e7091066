#! g:s-tenure | hg:office | sh:ClassConstraintComponent
DELETE DATA { g:s-tenure hg:office office:envoy } ;
INSERT DATA { g:s-tenure hg:office agent:harbour-ministry }
