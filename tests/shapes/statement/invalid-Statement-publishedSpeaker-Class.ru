#! g:s-speech | | hgs:check-e17-published-mode
#! g:s-speech | hg:publishedSpeaker | sh:ClassConstraintComponent
INSERT DATA { g:s-speech hg:publishedSpeaker office:envoy }
