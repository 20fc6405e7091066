#! g:s-origin | hg:originatedStatement | sh:MinCountConstraintComponent
DELETE DATA { g:s-origin hg:originatedStatement g:s-release }
