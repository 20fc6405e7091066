#! g:s-motive | hg:ascribedTo | sh:MinCountConstraintComponent
DELETE DATA { g:s-motive hg:ascribedTo agent:harbour-ministry }
