#! g:s-change | hg:changeType | sh:MaxCountConstraintComponent
INSERT DATA { g:s-change hg:changeType hg:revoked }
