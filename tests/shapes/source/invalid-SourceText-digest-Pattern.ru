#! h:t-en | hg:digest | sh:PatternConstraintComponent
DELETE DATA { h:t-en hg:digest "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" } ;
INSERT DATA { h:t-en hg:digest "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC" }
