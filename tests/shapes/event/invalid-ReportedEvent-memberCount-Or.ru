#! g:s-meeting | hg:memberCount | sh:OrConstraintComponent
INSERT DATA { g:s-meeting hg:memberCount -2 }
