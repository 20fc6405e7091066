#! g:s-link | hg:causalRole | sh:InConstraintComponent
DELETE DATA { g:s-link hg:causalRole hg:counterfactual } ;
INSERT DATA { g:s-link hg:causalRole hg:ruined }
