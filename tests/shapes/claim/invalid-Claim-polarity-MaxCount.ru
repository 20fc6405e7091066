#! g:c0104-04 | hg:polarity | sh:MaxCountConstraintComponent
INSERT DATA { g:c0104-04 hg:polarity hg:negated }
