#! g:c0103-04 | | hgs:check-e07-denial-kept
DELETE DATA { g:c0103-04-g1 hg:replyStatus hg:noReplyReported } ;
INSERT DATA { g:c0103-04-g1 hg:replyStatus hg:denied }
