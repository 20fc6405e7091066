#! g:c0101-03-a2 | ^hg:relays | sh:MaxCountConstraintComponent
DELETE DATA { g:c0101-03-b1 hg:relays g:c0101-03-b2 } ;
INSERT DATA {
  g:c0101-03-b1 hg:relays g:c0101-03-a2 .
  g:c0101-03-b2 hg:reportedIn g:p-10-40
}
