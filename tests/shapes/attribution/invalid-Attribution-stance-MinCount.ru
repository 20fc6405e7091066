#! g:c0104-04-a1 | hg:stance | sh:MinCountConstraintComponent
DELETE DATA { g:c0104-04-a1 hg:stance hg:asserts }
