#! g:s-state-2 | hg:precededBy | sh:ClassConstraintComponent
DELETE DATA { g:s-state-2 hg:precededBy g:s-state-1 } ;
INSERT DATA { g:s-state-2 hg:precededBy g:s-decision }
