#! g:u-official | | hgs:check-e05-one-work
DELETE DATA { h:c0105-01-a1 hg:assertor agent:sylvania-herald } ;
INSERT DATA { h:c0105-01-a1 hg:assertor g:u-official }
