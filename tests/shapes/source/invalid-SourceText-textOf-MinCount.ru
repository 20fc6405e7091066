#! h:t-en | hg:textOf | sh:MinCountConstraintComponent
DELETE DATA { h:t-en hg:textOf source:sylvania-herald-1900 }
