#! g:c0103-04 | | hgs:check-e06-allegation-agrees
DELETE DATA { g:c0103-04 hg:allegationAgainst agent:harbour-ministry }
