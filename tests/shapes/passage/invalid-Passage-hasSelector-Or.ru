#! g:p-10-40 | | sh:OrConstraintComponent
#! g:p-10-40 | oa:hasSelector | sh:OrConstraintComponent
DELETE DATA { g:p-10-40-pos a oa:TextPositionSelector } ;
INSERT DATA { g:p-10-40-pos a oa:TextQuoteSelector }
