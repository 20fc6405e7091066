DELETE DATA {
  g:u-official hg:descriptor "senior harbour official"@en .
  source:example-gazette-1900 dcterms:title "Harbour talks"@en
} ;
INSERT DATA {
  g:u-official hg:descriptor "regime official"@en .
  source:example-gazette-1900 dcterms:title "Harbour talks torpedoed"@en
}
