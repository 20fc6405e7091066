#! g:s-view | hg:valence | sh:MinCountConstraintComponent
DELETE DATA { g:s-view hg:valence hg:mixed }
