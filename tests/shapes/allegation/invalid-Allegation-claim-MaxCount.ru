#! g:c0103-04-g1 | ^hg:allegation | sh:MaxCountConstraintComponent
DELETE DATA {
  g:c0103-06 hg:allegation g:c0103-06-g1 .
  g:c0103-06-g1 a hg:Allegation ; hg:against agent:harbour-ministry ; hg:replyStatus hg:notSought
} ;
INSERT DATA { g:c0103-06 hg:allegation g:c0103-04-g1 }
