DELETE DATA { g:c0103-04 hg:reviewStatus hg:reviewed ; hg:reviewedBy curator:1 } ;
INSERT DATA { g:c0103-04 hg:reviewStatus hg:challenged }
