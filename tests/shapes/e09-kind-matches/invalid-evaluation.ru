#! g:c0103-05 | | hgs:check-e09-kind-matches
DELETE DATA { g:c0103-05 hg:claimKind hg:ofEvaluation } ;
INSERT DATA { g:c0103-05 hg:claimKind hg:ofFact }
