#! g:c0103-04 | | hgs:check-e12-gist-attributed
DELETE DATA { g:c0103-04 hg:gist "The Gazette says that the ministry wanted delay."@en } ;
INSERT DATA { g:c0103-04 hg:gist "The ministry wanted delay."@en }
