#! g:p-10-40 | | hgs:check-e13-text-of-work
DELETE DATA { g:p-10-40 oa:hasSource g:t-en } ;
INSERT DATA { g:p-10-40 oa:hasSource h:t-en }
