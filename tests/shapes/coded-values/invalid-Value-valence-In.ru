#! g:s-view | hg:valence | sh:InConstraintComponent
DELETE DATA { g:s-view hg:valence hg:mixed } ;
INSERT DATA { g:s-view hg:valence hg:good }
