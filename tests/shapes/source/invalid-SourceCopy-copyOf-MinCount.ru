#! g:copy-reprint | hg:copyOf | sh:MinCountConstraintComponent
DELETE DATA { g:copy-reprint hg:copyOf g:t-en }
