INSERT DATA {
  g:s-journey hg:when "1900"^^edtf:EDTF ; hg:dateBasis hg:stated .
  g:s-meeting hg:when "1900-02~/.."^^edtf:EDTF ; hg:dateBasis hg:heading .
  g:s-draft hg:when "1900-02?"^^edtf:EDTF ; hg:dateBasis hg:stated .
  g:s-reply hg:when "/1900-03-01%"^^edtf:EDTF ; hg:dateBasis hg:inferred .
  g:s-absence hg:when "[1900-01-01..1900-02]"^^edtf:EDTF ; hg:dateBasis hg:inferred .
  g:s-decision hg:when "../1900"^^edtf:EDTF ; hg:dateBasis hg:inferred .
  g:s-change hg:when "1900-01/"^^edtf:EDTF ; hg:dateBasis hg:inferred
}
