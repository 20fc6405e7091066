DELETE DATA {
  source:example-gazette-1900 dcterms:title "Harbour talks"@en ;
    dcterms:creator "Ada Press" ;
    dcterms:language "en" ;
    schema:url <https://example.org/gazette> ;
    dcterms:license <https://example.org/licence>
}
