#! g:s-motive | | hgs:check-e12-alleged-label
DELETE DATA { g:s-motive rdfs:label "Alleged aim of the ministry"@en } ;
INSERT DATA { g:s-motive rdfs:label "Aim of the ministry"@en }
