#! g:s-journey | | hgs:check-e01-one-source
DELETE DATA {
  h:c0105-01 hg:content h:s-journey .
  h:s-journey a hg:Travel , hg:ReportedEvent , hg:ReportedSituation ;
    rdfs:label "Journey to Port City"@en ;
    hg:completion hg:completed ;
    hg:accountOf cluster:journey
} ;
INSERT DATA { h:c0105-01 hg:content g:s-journey }
