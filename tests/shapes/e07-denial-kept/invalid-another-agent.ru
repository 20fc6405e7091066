#! g:c0101-03 | | hgs:check-e07-denial-kept
INSERT DATA {
  g:c0101-03 hg:allegationAgainst agent:harbour-ministry ; hg:allegation g:c0101-03-g2 .
  g:c0101-03-g2 a hg:Allegation ; hg:against agent:harbour-ministry ; hg:replyStatus hg:denied
}
