#! g:c0103-04-g1 | hg:replyStatus | sh:InConstraintComponent
DELETE DATA { g:c0103-04-g1 hg:replyStatus hg:noReplyReported } ;
INSERT DATA { g:c0103-04-g1 hg:replyStatus hg:silent }
