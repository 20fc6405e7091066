#! g:c0104-04-a1 | hg:reportedIn | sh:ClassConstraintComponent
DELETE DATA { g:c0104-04-a1 hg:reportedIn g:p-10-40 } ;
INSERT DATA { g:c0104-04-a1 hg:reportedIn g:t-en }
