#! g:s-change | hg:changeType | sh:MinCountConstraintComponent
DELETE DATA { g:s-change hg:changeType hg:narrowed }
