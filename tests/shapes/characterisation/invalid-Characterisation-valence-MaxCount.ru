#! g:s-view | hg:valence | sh:MaxCountConstraintComponent
INSERT DATA { g:s-view hg:valence hg:neutral }
