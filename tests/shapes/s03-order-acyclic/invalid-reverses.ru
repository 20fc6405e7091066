#! g:s-change | | hgs:check-s03-order-acyclic
#! g:s-decision | | hgs:check-s03-order-acyclic
INSERT DATA { g:s-decision hg:reverses g:s-change }
