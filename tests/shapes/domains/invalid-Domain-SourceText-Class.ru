#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:normalisation hg:norm1 }
