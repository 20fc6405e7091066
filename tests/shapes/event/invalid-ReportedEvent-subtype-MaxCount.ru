#! g:s-meeting | hg:subtype | sh:MaxCountConstraintComponent
INSERT DATA { g:s-meeting hg:subtype hg:summit }
