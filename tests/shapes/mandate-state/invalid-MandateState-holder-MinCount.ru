#! g:s-state-1 | hg:holder | sh:MinCountConstraintComponent
DELETE DATA { g:s-state-1 hg:holder agent:freedonia-team }
