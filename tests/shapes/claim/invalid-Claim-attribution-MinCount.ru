#! g:c0104-04 | hg:attribution | sh:MinCountConstraintComponent
DELETE DATA {
  g:c0104-04 hg:attribution g:c0104-04-a1 .
  g:c0104-04-a1 a hg:OriginAttribution , hg:Attribution ;
    hg:ofClaim g:c0104-04 ;
    hg:assertor agent:example-gazette ;
    hg:stance hg:asserts ;
    hg:form hg:ownVoice ;
    hg:reportedIn g:p-10-40
}
