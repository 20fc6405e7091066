#! g:s-tenure | hg:person | sh:ClassConstraintComponent
DELETE DATA { g:s-tenure hg:person agent:ottilie-quill } ;
INSERT DATA {
  g:s-tenure hg:person agent:freedonia-team .
  g:s-speech hg:publishedSpeaker agent:ottilie-quill
}
