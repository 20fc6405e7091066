#! g:s-release | | hgs:check-e17-published-mode
DELETE DATA { g:s-release hg:attributionMode hg:anonymous } ;
INSERT DATA { g:s-release hg:attributionMode hg:pseudonymous }
