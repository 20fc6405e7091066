#! g:s-origin | hg:originationMode | sh:MaxCountConstraintComponent
INSERT DATA { g:s-origin hg:originationMode hg:ordered }
