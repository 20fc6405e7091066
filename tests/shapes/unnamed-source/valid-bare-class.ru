DELETE DATA { g:u-official a hg:AnonymousSource }
