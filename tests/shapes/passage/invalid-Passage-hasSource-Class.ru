#! g:p-10-40 | oa:hasSource | sh:ClassConstraintComponent
DELETE DATA { g:p-10-40 oa:hasSource g:t-en } ;
INSERT DATA { g:p-10-40 oa:hasSource g:copy-reprint }
