#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:copyOf g:t-en }
