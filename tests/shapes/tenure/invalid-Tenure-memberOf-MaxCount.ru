#! g:s-tenure | hg:memberOf | sh:MaxCountConstraintComponent
INSERT DATA { g:s-tenure hg:memberOf agent:harbour-ministry }
