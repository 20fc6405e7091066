#! g:c0101-01-a1 | hg:form | sh:InConstraintComponent
DELETE DATA { g:c0101-01-a1 hg:form hg:ownVoice } ;
INSERT DATA { g:c0101-01-a1 hg:form hg:rumour }
