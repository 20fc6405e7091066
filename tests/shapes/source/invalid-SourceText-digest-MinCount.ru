#! h:t-en | hg:digest | sh:MinCountConstraintComponent
DELETE DATA { h:t-en hg:digest "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" }
