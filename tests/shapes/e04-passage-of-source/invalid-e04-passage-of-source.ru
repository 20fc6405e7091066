#! h:c0105-01-a1 | | hgs:check-e04-passage-of-source
DELETE DATA { h:c0105-01-a1 hg:reportedIn h:p-page-2 } ;
INSERT DATA { h:c0105-01-a1 hg:reportedIn g:p-10-40 }
