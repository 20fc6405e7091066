#! g:c0104-04-a1 | hg:form | sh:MinCountConstraintComponent
DELETE DATA { g:c0104-04-a1 hg:form hg:ownVoice }
