#! g:s-release | hg:attributionMode | sh:InConstraintComponent
DELETE DATA { g:s-release hg:attributionMode hg:anonymous } ;
INSERT DATA { g:s-release hg:attributionMode hg:secret }
