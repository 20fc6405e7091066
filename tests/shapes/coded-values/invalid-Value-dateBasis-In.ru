#! g:s-speech | hg:dateBasis | sh:InConstraintComponent
DELETE DATA { g:s-speech hg:dateBasis hg:stated } ;
INSERT DATA { g:s-speech hg:dateBasis hg:guessed }
