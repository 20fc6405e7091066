#! g:s-state-1 | | sh:OrConstraintComponent
#! g:s-state-2 | hg:precededBy | sh:MaxCountConstraintComponent
INSERT DATA {
  g:s-state-2 hg:precededBy g:s-state-0 .
  g:s-state-0 a hg:MandateState , hg:ReportedState , hg:ReportedSituation ;
    rdfs:label "First mandate"@en ;
    hg:ofMandate mandate:team-1900 ;
    hg:issuer agent:harbour-ministry ;
    hg:holder agent:freedonia-team ;
    hg:mandateStatus hg:notInForce .
  g:c0102-02 hg:content g:s-state-0
} ;
DELETE DATA {
  g:c0102-02 hg:content g:s-state-1 .
  g:s-change hg:resultsIn g:s-state-2
}
