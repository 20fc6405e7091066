#! g:copy-reprint | hg:copyOf | sh:ClassConstraintComponent
DELETE DATA { g:copy-reprint hg:copyOf g:t-en } ;
INSERT DATA { g:copy-reprint hg:copyOf source:example-gazette-1900 }
