#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:gist "The Gazette reports a speech."@en }
