#! g:s-origin | hg:originatedStatement | sh:MaxCountConstraintComponent
INSERT DATA { g:s-origin hg:originatedStatement g:s-speech }
