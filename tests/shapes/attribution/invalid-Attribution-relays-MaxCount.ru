#! g:c0101-03-a1 | hg:relays | sh:MaxCountConstraintComponent
DELETE DATA { g:c0101-03-b1 hg:relays g:c0101-03-b2 } ;
INSERT DATA {
  g:c0101-03-a1 hg:relays g:c0101-03-b2 .
  g:c0101-03-b1 a hg:OriginAttribution
}
