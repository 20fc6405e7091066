#! g:c0103-03 | | hgs:check-e09-kind-matches
DELETE DATA { g:c0103-03 hg:claimKind hg:ofCause } ;
INSERT DATA { g:c0103-03 hg:claimKind hg:ofFact }
