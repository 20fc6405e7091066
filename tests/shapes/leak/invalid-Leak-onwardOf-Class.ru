#! g:s-leak-1 | hg:onwardOf | sh:ClassConstraintComponent
INSERT DATA { g:s-leak-1 hg:onwardOf g:s-meeting }
