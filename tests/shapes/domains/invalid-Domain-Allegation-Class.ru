#! ex:stray | | sh:ClassConstraintComponent
INSERT DATA { ex:stray hg:replyStatus hg:denied }
