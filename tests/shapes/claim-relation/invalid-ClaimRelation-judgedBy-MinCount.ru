#! g:c0101-02-r1 | hg:judgedBy | sh:MinCountConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:judgedBy curator:1 }
