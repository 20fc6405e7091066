#! g:c0101-02-a2 | hg:certainty | sh:MaxCountConstraintComponent
INSERT DATA { g:c0101-02-a2 hg:certainty hg:certain }
