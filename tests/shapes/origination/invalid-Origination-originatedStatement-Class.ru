#! g:s-origin | hg:originatedStatement | sh:ClassConstraintComponent
DELETE DATA { g:s-origin hg:originatedStatement g:s-release } ;
INSERT DATA { g:s-origin hg:originatedStatement g:s-meeting }
