#! g:c0101-02-a1 | hg:relays | sh:ClassConstraintComponent
DELETE DATA { g:c0101-02-a1 hg:relays g:c0101-02-a2 } ;
INSERT DATA {
  g:c0101-02-a1 hg:relays agent:casimir-voss .
  g:c0101-02-a2 hg:reportedIn g:p-10-40
}
