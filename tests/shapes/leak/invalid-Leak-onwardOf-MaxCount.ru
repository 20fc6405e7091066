#! g:s-leak-2 | hg:onwardOf | sh:MaxCountConstraintComponent
INSERT DATA {
  g:s-leak-2 hg:onwardOf g:s-leak-3 .
  g:s-leak-3 a hg:Leak , hg:ReportedEvent , hg:ReportedSituation ;
    rdfs:label "Third disclosure"@en ;
    hg:completion hg:hypothetical ;
    hg:information g:i-number .
  g:s-link hg:effect g:s-leak-3
}
