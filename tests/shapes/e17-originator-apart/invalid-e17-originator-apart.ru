#! g:s-speech | | hgs:check-e17-originator-apart
DELETE DATA { g:s-origin hg:originatedStatement g:s-release } ;
INSERT DATA {
  g:s-origin hg:originatedStatement g:s-speech ; hg:originator agent:casimir-voss .
  g:c0103-06 hg:allegationAgainst agent:casimir-voss ; hg:allegation g:c0103-06-g2 .
  g:c0103-06-g2 a hg:Allegation ; hg:against agent:casimir-voss ; hg:replyStatus hg:notSought
}
