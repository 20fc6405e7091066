#! g:s-decision | | sh:OrConstraintComponent
INSERT DATA { g:s-decision hg:subtype hg:summit }
