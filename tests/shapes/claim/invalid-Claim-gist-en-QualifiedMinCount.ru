#! g:c0101-01 | hg:gist | sh:QualifiedMinCountConstraintComponent
DELETE DATA { g:c0101-01 hg:gist "The Gazette reports a speech."@en }
