#! g:s-leak-1 | hg:accuracy | sh:MaxCountConstraintComponent
INSERT DATA { g:s-leak-1 hg:accuracy hg:inaccurate }
