#! g:c0103-04 | | hgs:check-e06-allegation-agrees
INSERT DATA { g:c0103-04 hg:allegationAgainst agent:freedonia-team }
