#! g:c0101-01 | hg:polarity | sh:InConstraintComponent
DELETE DATA { g:c0101-01 hg:polarity hg:affirmed } ;
INSERT DATA { g:c0101-01 hg:polarity hg:denied }
