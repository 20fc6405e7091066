#! g:s-state-1 | hg:issuer | sh:MinCountConstraintComponent
DELETE DATA { g:s-state-1 hg:issuer agent:harbour-ministry }
