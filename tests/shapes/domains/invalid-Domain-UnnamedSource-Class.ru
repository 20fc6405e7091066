#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:descriptor "harbour official"@en }
