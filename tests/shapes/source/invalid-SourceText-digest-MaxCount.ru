#! h:t-en | hg:digest | sh:MaxCountConstraintComponent
INSERT DATA { h:t-en hg:digest "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd" }
