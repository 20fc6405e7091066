#! g:s-number | | hgs:check-e12-neutral-words
DELETE DATA { g:s-number hg:measures "delegates at the talks"@en } ;
INSERT DATA { g:s-number hg:measures "puppets at the talks"@en }
