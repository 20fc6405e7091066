#! agent:ottilie-quill | | hgs:check-e10-public-role
DELETE DATA { g:s-tenure hg:person agent:ottilie-quill } ;
INSERT DATA { g:s-tenure hg:person agent:casimir-voss }
