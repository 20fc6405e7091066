#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:relationType hg:rSupports }
