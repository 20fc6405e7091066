#! g:s-journey | | hgs:check-s03-order-acyclic
#! g:s-meeting | | hgs:check-s03-order-acyclic
INSERT DATA { g:s-journey hg:happensAfter g:s-meeting }
