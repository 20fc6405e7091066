#! g:c0104-04-a1 | hg:assertor | sh:MinCountConstraintComponent
DELETE DATA { g:c0104-04-a1 hg:assertor agent:example-gazette }
