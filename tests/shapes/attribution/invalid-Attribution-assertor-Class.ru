#! g:c0104-04-a1 | hg:assertor | sh:ClassConstraintComponent
DELETE DATA { g:c0104-04-a1 hg:assertor agent:example-gazette } ;
INSERT DATA { g:c0104-04-a1 hg:assertor curator:1 }
