#! h:t-en | hg:normalisation | sh:InConstraintComponent
DELETE DATA { h:t-en hg:normalisation hg:norm1 } ;
INSERT DATA { h:t-en hg:normalisation hg:norm2 }
