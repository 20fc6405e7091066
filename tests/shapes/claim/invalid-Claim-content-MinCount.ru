#! g:c0104-04 | hg:content | sh:MinCountConstraintComponent
#! g:s-absence | | sh:OrConstraintComponent
DELETE DATA { g:c0104-04 hg:content g:s-absence } ;
INSERT DATA { g:c0104-03 hg:about g:s-absence }
