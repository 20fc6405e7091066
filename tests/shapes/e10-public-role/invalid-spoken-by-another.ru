#! agent:casimir-voss | | hgs:check-e10-public-role
DELETE DATA { g:s-speech hg:publishedSpeaker agent:casimir-voss } ;
INSERT DATA { g:s-speech hg:publishedSpeaker agent:ottilie-quill }
