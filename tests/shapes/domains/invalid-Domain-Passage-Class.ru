#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:locator "page 3" }
