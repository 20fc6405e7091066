#! g:copy-reprint | hg:copyOf | sh:MaxCountConstraintComponent
INSERT DATA { g:copy-reprint hg:copyOf h:t-en }
