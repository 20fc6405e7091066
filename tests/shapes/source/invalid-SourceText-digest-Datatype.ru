#! h:t-en | hg:digest | sh:DatatypeConstraintComponent
DELETE DATA { h:t-en hg:digest "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" } ;
INSERT DATA {
  h:t-en hg:digest "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"^^xsd:hexBinary
}
