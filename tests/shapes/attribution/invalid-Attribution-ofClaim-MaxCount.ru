#! g:c0104-04-a1 | hg:ofClaim | sh:MaxCountConstraintComponent
INSERT DATA {
  g:c0104-04-a1 hg:ofClaim g:c0104-03 .
  g:c0104-03 hg:attribution g:c0104-04-a1
}
