#! agent:example-gazette | | hgs:check-e04-claim-lists-attribution
#! g:c0104-04 | hg:attribution | sh:ClassConstraintComponent
INSERT DATA { g:c0104-04 hg:attribution agent:example-gazette }
