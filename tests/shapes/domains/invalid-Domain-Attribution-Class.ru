#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:stance hg:asserts }
