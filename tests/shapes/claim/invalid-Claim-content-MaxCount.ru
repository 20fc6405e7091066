#! g:c0104-04 | hg:content | sh:MaxCountConstraintComponent
INSERT DATA { g:c0104-04 hg:content g:s-reply }
