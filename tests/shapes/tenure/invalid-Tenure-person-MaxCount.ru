#! g:s-tenure | hg:person | sh:MaxCountConstraintComponent
INSERT DATA { g:s-tenure hg:person agent:casimir-voss }
