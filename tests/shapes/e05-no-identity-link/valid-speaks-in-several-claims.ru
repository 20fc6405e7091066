DELETE DATA { g:c0101-04-a1 hg:assertor agent:example-gazette } ;
INSERT DATA { g:c0101-04-a1 hg:assertor g:u-official }
