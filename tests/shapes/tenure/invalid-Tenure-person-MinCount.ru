#! g:s-tenure | hg:person | sh:MinCountConstraintComponent
DELETE DATA { g:s-tenure hg:person agent:ottilie-quill } ;
INSERT DATA { g:s-speech hg:publishedSpeaker agent:ottilie-quill }
