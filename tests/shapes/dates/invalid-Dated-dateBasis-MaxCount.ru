#! g:s-speech | hg:dateBasis | sh:MaxCountConstraintComponent
INSERT DATA { g:s-speech hg:dateBasis hg:inferred }
