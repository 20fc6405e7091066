#! g:s-speech | hg:attributionMode | sh:MinCountConstraintComponent
DELETE DATA {
  g:s-speech hg:attributionMode hg:named .
  agent:casimir-voss a hg:Person
} ;
INSERT DATA { agent:casimir-voss a hg:Group }
