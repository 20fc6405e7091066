#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:actor agent:harbour-ministry }
