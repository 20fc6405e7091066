DELETE DATA { g:c0101-01 hg:gist "The Gazette reports a speech."@en } ;
INSERT DATA {
  g:c0101-01 hg:gist "A Gazette reports a speech, and goes on to report a speech, and goes on to report a speech, and goes on to report a speech, and goes on to report a speech, and goes on to report a speech, and goes on to report a speech, and goes on to report a speech, and goes on to report a speech, and then it ends"@en , "נאום"@he
}
