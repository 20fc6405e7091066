#! g:s-leak-1 | | hgs:check-s03-order-acyclic
#! g:s-leak-2 | | hgs:check-s03-order-acyclic
INSERT DATA { g:s-leak-1 hg:onwardOf g:s-leak-2 }
