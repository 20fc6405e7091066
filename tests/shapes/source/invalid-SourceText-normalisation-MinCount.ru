#! h:t-en | hg:normalisation | sh:MinCountConstraintComponent
DELETE DATA { h:t-en hg:normalisation hg:norm1 }
