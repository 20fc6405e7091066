#! g:s-link | hg:effect | sh:MinCountConstraintComponent
DELETE DATA { g:s-link hg:effect g:s-treaty } ;
INSERT DATA { g:s-link hg:cause g:s-treaty }
