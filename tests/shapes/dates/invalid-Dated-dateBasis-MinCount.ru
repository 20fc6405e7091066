#! g:s-speech | hg:dateBasis | sh:MinCountConstraintComponent
DELETE DATA { g:s-speech hg:dateBasis hg:stated }
