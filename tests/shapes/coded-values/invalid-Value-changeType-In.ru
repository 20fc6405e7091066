#! g:s-change | hg:changeType | sh:InConstraintComponent
DELETE DATA { g:s-change hg:changeType hg:narrowed } ;
INSERT DATA { g:s-change hg:changeType hg:gutted }
