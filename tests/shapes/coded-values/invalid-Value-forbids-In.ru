#! g:s-instruction | hg:forbids | sh:InConstraintComponent
INSERT DATA { g:s-instruction hg:forbids hg:actSign }
