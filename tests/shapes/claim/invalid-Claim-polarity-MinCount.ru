#! g:c0104-04 | hg:polarity | sh:MinCountConstraintComponent
DELETE DATA { g:c0104-04 hg:polarity hg:affirmed }
