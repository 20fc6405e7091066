#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:accountOf cluster:journey }
