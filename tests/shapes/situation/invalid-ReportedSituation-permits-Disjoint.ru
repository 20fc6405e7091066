#! g:s-state-2 | hg:permits | sh:DisjointConstraintComponent
INSERT DATA { g:s-state-2 hg:permits hg:actTravel }
