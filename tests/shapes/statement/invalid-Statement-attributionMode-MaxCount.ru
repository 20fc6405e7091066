#! g:s-release | hg:attributionMode | sh:InConstraintComponent
#! g:s-release | hg:attributionMode | sh:MaxCountConstraintComponent
INSERT DATA { g:s-release hg:attributionMode ex:secret }
