#! g:s-origin | hg:originationMode | sh:InConstraintComponent
DELETE DATA { g:s-origin hg:originationMode hg:released } ;
INSERT DATA { g:s-origin hg:originationMode hg:invented }
