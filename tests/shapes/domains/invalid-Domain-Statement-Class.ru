#! g:s-meeting | | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:publishedVia agent:sylvania-herald }
