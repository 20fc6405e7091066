#! g:s-change | | sh:ClassConstraintComponent
INSERT DATA { g:s-change hg:holder agent:freedonia-team }
