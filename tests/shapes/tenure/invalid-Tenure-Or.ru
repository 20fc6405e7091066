#! g:s-tenure | | sh:OrConstraintComponent
DELETE DATA { g:s-tenure hg:office office:envoy ; hg:memberOf agent:freedonia-team }
