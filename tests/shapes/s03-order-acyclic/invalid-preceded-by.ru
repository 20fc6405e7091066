#! g:s-state-1 | | hgs:check-s03-order-acyclic
#! g:s-state-2 | | hgs:check-s03-order-acyclic
INSERT DATA { g:s-state-1 hg:precededBy g:s-state-2 }
