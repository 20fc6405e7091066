#! g:c0101-01 | hg:claimKind | sh:InConstraintComponent
DELETE DATA { g:c0101-01 hg:claimKind hg:ofFact } ;
INSERT DATA { g:c0101-01 hg:claimKind hg:ofTruth }
