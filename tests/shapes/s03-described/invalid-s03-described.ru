#! g:c0104-04 | | hgs:check-s03-described
INSERT DATA { g:c0104-04 hg:about agent:nobody }
