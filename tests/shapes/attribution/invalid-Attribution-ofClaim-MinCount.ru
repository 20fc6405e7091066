#! g:c0104-04-a1 | | hgs:check-e04-claim-lists-attribution
#! g:c0104-04-a1 | hg:ofClaim | sh:MinCountConstraintComponent
DELETE DATA { g:c0104-04-a1 hg:ofClaim g:c0104-04 }
