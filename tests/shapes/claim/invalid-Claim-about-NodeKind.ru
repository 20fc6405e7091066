#! g:c0101-02 | hg:about | sh:NodeKindConstraintComponent
INSERT DATA { g:c0101-02 hg:about "the harbour" }
