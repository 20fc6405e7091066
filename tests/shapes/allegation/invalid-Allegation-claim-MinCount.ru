#! g:c0104-04-g1 | ^hg:allegation | sh:MinCountConstraintComponent
INSERT DATA {
  g:c0104-04-g1 a hg:Allegation ; hg:against agent:harbour-ministry ; hg:replyStatus hg:notSought
}
