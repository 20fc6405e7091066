#! g:u-official | | hgs:check-e05-no-identity-link
INSERT DATA { ex:roster skos:exactMatch g:u-official }
