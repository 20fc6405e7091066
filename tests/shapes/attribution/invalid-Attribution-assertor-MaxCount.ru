#! g:c0104-04-a1 | hg:assertor | sh:MaxCountConstraintComponent
INSERT DATA { g:c0104-04-a1 hg:assertor agent:harbour-ministry }
