#! g:c0103-04-g1 | hg:replyStatus | sh:MaxCountConstraintComponent
INSERT DATA { g:c0103-04-g1 hg:replyStatus hg:noComment }
