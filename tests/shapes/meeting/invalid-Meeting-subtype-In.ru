#! g:s-meeting | hg:subtype | sh:InConstraintComponent
DELETE DATA { g:s-meeting hg:subtype hg:formalSession } ;
INSERT DATA { g:s-meeting hg:subtype hg:interview }
