DELETE DATA { g:c0101-03-b2 hg:assertor agent:ottilie-quill } ;
INSERT DATA { g:c0101-03-b2 hg:assertor agent:harbour-ministry }
