#! g:s-meeting | hg:completion | sh:MaxCountConstraintComponent
INSERT DATA { g:s-meeting hg:completion hg:planned }
