#! h:t-en | hg:textOf | sh:ClassConstraintComponent
DELETE DATA { h:t-en hg:textOf source:sylvania-herald-1900 } ;
INSERT DATA { h:t-en hg:textOf agent:sylvania-herald }
