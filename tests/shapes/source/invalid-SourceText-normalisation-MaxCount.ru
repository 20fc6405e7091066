#! h:t-en | hg:normalisation | sh:InConstraintComponent
#! h:t-en | hg:normalisation | sh:MaxCountConstraintComponent
INSERT DATA { h:t-en hg:normalisation ex:norm2 }
