#! agent:freedonia-team | | sh:XoneConstraintComponent
DELETE DATA { agent:freedonia-team a hg:Group }
