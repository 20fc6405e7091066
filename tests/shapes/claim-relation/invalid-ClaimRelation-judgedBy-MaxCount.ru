#! g:c0101-02-r1 | hg:judgedBy | sh:MaxCountConstraintComponent
INSERT DATA { g:c0101-02-r1 hg:judgedBy agent:example-gazette }
