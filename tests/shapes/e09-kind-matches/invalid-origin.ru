#! g:c0103-06 | | hgs:check-e09-kind-matches
DELETE DATA { g:c0103-06 hg:claimKind hg:ofOrigin } ;
INSERT DATA { g:c0103-06 hg:claimKind hg:ofFact }
