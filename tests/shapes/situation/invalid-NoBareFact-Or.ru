#! g:s-fire | | sh:OrConstraintComponent
INSERT DATA {
  g:s-fire a hg:ReportedEvent , hg:ReportedSituation ;
    rdfs:label "Fire in the harbour"@en ;
    hg:completion hg:completed
}
