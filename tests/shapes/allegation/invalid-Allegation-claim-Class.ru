#! ex:stray | | hgs:check-e06-allegation-agrees
#! ex:stray | | hgs:check-e06-allegation-reviewed
#! ex:stray | | sh:ClassConstraintComponent
#! g:c0103-04-g1 | ^hg:allegation | sh:ClassConstraintComponent
#! g:c0103-04-g1 | ^hg:allegation | sh:MaxCountConstraintComponent
INSERT DATA { ex:stray hg:allegation g:c0103-04-g1 }
