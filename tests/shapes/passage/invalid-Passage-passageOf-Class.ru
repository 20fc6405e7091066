#! g:p-12-15 | hg:passageOf | sh:ClassConstraintComponent
INSERT DATA { g:p-12-15 a hg:Passage ; hg:passageOf agent:example-gazette ; hg:locator "line 3" }
