#! g:c0101-09 | | sh:ClassConstraintComponent
#! g:c0101-09 | hg:gist | sh:ClosedConstraintComponent
INSERT DATA { g:c0101-09 hg:gist "The Gazette reports a journey."@en }
