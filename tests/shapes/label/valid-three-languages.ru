INSERT DATA {
  place:port-city rdfs:label "עיר הנמל"@he , "مدينة الميناء"@ar ;
    skos:altLabel "Ir ha-Namal"@he-Latn ;
    skos:note "A port."@en
}
