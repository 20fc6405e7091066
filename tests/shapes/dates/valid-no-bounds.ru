DELETE DATA {
  g:s-speech hg:startMin "1900-01-01"^^xsd:date ;
    hg:startMax "1900-01-01"^^xsd:date ;
    hg:endMin "1900-01-01"^^xsd:date ;
    hg:endMax "1900-01-01"^^xsd:date
}
