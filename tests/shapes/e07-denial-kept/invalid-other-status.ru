#! g:c0101-03 | | hgs:check-e07-denial-kept
DELETE DATA { g:c0101-03-g1 hg:replyStatus hg:denied } ;
INSERT DATA { g:c0101-03-g1 hg:replyStatus hg:replied }
