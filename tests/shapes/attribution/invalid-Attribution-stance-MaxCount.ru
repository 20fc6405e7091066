#! g:c0104-04-a1 | hg:stance | sh:MaxCountConstraintComponent
INSERT DATA { g:c0104-04-a1 hg:stance hg:doubts }
