#! g:c0101-01 | | hgs:check-s03-withdrawn
INSERT DATA { g:c0101-01 hg:about g:c0101-09 }
