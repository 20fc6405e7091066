#! g:s-meeting | hg:ofProposal | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:ofProposal mandate:other }
