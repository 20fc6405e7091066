#! g:c0101-02-r1 | hg:judgedBy | sh:OrConstraintComponent
DELETE DATA { g:c0101-02-r1 hg:judgedBy curator:1 } ;
INSERT DATA { g:c0101-02-r1 hg:judgedBy office:envoy }
