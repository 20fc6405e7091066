#! source:sylvania-herald-1900 | dcterms:publisher | sh:ClassConstraintComponent
DELETE DATA { source:sylvania-herald-1900 dcterms:publisher agent:sylvania-herald } ;
INSERT DATA { source:sylvania-herald-1900 dcterms:publisher "Sylvania Herald" }
