#! g:s-decision | hg:outcome | sh:MinCountConstraintComponent
DELETE DATA { g:s-decision hg:outcome hg:adopted }
