#! g:c0103-04 | | hgs:check-e09-kind-matches
DELETE DATA { g:c0103-04 hg:claimKind hg:ofMotive } ;
INSERT DATA { g:c0103-04 hg:claimKind hg:ofFact }
