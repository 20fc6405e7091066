#! g:s-link | hg:cause | sh:DisjointConstraintComponent
INSERT DATA { g:s-link hg:effect g:s-decision }
