DELETE DATA { g:s-tenure hg:office office:envoy }
