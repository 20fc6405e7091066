#! g:s-link | hg:causalRole | sh:MaxCountConstraintComponent
INSERT DATA { g:s-link hg:causalRole hg:caused }
