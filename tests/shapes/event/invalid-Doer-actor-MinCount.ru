#! g:s-absence | hg:actor | sh:MinCountConstraintComponent
DELETE DATA { g:s-absence hg:actor agent:harbour-ministry }
