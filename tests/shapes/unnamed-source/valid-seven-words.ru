DELETE DATA { g:u-official hg:descriptor "senior harbour official"@en } ;
INSERT DATA {
  g:u-official hg:descriptor "one\u00A0of\u2003the\tofficials who\u3000know harbours"@en , "בכיר"@he
}
