#! g:c0104-04-a1 | hg:form | sh:MaxCountConstraintComponent
INSERT DATA { g:c0104-04-a1 hg:form hg:paraphrase }
