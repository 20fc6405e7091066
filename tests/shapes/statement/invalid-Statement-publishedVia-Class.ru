#! g:s-speech | hg:publishedVia | sh:ClassConstraintComponent
INSERT DATA { g:s-speech hg:publishedVia source:sylvania-herald-1900 }
