#! g:c0101-02-a2 | hg:certainty | sh:InConstraintComponent
DELETE DATA { g:c0101-02-a2 hg:certainty hg:probable } ;
INSERT DATA { g:c0101-02-a2 hg:certainty hg:proven }
