#! g:s-meeting | hg:ofMandate | sh:ClassConstraintComponent
INSERT DATA { g:s-meeting hg:ofMandate proposal:harbour }
