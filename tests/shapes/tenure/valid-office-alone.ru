DELETE DATA { g:s-tenure hg:memberOf agent:freedonia-team }
