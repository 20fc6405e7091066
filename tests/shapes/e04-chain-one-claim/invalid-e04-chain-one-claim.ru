#! g:c0101-03-b1 | | hgs:check-e04-chain-one-claim
DELETE DATA {
  g:c0101-03-b2 hg:ofClaim g:c0101-03 .
  g:c0101-03 hg:attribution g:c0101-03-b2 .
  g:c0101-03-g1 hg:replyStatus hg:denied
} ;
INSERT DATA {
  g:c0101-03-b2 hg:ofClaim g:c0101-04 .
  g:c0101-04 hg:attribution g:c0101-03-b2 .
  g:c0101-03-g1 hg:replyStatus hg:noComment
}
