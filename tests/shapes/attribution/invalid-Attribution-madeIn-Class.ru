#! g:c0104-04-a1 | hg:madeIn | sh:ClassConstraintComponent
#! proposal:harbour | | hgs:check-s03-conveys-agrees
INSERT DATA { g:c0104-04-a1 hg:madeIn proposal:harbour }
