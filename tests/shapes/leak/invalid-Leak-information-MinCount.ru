#! g:s-leak-2 | hg:information | sh:MinCountConstraintComponent
DELETE DATA { g:s-leak-2 hg:information g:i-number }
