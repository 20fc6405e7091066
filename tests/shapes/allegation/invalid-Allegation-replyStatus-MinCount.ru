#! g:c0103-04-g1 | hg:replyStatus | sh:MinCountConstraintComponent
DELETE DATA { g:c0103-04-g1 hg:replyStatus hg:noReplyReported }
