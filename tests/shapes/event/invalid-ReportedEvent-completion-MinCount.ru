#! g:s-meeting | hg:completion | sh:MinCountConstraintComponent
DELETE DATA { g:s-meeting hg:completion hg:completed }
