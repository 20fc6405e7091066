#! g:c0103-04 | | hgs:check-e06-allegation-agrees
INSERT DATA {
  g:c0103-04 hg:allegation g:c0103-04-g2 .
  g:c0103-04-g2 a hg:Allegation ; hg:against agent:harbour-ministry ; hg:replyStatus hg:noComment
}
