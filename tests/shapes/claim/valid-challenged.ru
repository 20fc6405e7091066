DELETE DATA { g:c0101-03 hg:reviewStatus hg:reviewed ; hg:reviewedBy curator:1 } ;
INSERT DATA { g:c0101-03 hg:reviewStatus hg:challenged }
