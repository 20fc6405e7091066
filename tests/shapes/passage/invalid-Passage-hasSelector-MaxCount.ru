#! g:p-10-40 | | sh:OrConstraintComponent
#! g:p-10-40 | oa:hasSelector | sh:MaxCountConstraintComponent
INSERT DATA {
  g:p-10-40 oa:hasSelector g:p-20-30-pos .
  g:p-20-30-pos a oa:TextPositionSelector ;
    oa:start "20"^^xsd:nonNegativeInteger ;
    oa:end "30"^^xsd:nonNegativeInteger
}
