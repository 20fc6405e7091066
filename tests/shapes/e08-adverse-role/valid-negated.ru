DELETE DATA {
  g:s-leak-2 hg:discloser g:u-delegates .
  g:c0101-04 hg:polarity hg:affirmed
} ;
INSERT DATA {
  g:s-leak-2 hg:discloser agent:harbour-ministry .
  g:c0101-04 hg:polarity hg:negated
}
