#! g:c0101-01 | hg:gist | sh:UniqueLangConstraintComponent
INSERT DATA { g:c0101-01 hg:gist "The Gazette reports a second speech."@en }
