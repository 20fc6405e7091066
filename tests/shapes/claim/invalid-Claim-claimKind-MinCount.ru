#! g:c0104-04 | hg:claimKind | sh:MinCountConstraintComponent
DELETE DATA { g:c0104-04 hg:claimKind hg:ofFact }
