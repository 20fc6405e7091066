#! g:c0104-04 | hg:claimKind | sh:MaxCountConstraintComponent
INSERT DATA { g:c0104-04 hg:claimKind hg:ofPrediction }
