#! h:t-en | hg:textOf | sh:MaxCountConstraintComponent
INSERT DATA { h:t-en hg:textOf source:example-gazette-1900 }
