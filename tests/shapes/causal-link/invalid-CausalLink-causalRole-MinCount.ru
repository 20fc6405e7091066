#! g:s-link | hg:causalRole | sh:MinCountConstraintComponent
DELETE DATA { g:s-link hg:causalRole hg:counterfactual }
