#! g:s-origin | hg:originator | sh:MinCountConstraintComponent
DELETE DATA { g:s-origin hg:originator agent:harbour-ministry }
