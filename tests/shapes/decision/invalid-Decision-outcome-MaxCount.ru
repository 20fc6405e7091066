#! g:s-decision | hg:outcome | sh:MaxCountConstraintComponent
INSERT DATA { g:s-decision hg:outcome hg:deferred }
