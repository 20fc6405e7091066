#! ex:stray | | sh:OrConstraintComponent
INSERT DATA { ex:stray hg:reviewStatus hg:draft }
