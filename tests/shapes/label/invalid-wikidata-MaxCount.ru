#! agent:ottilie-quill | owl:sameAs | sh:MaxCountConstraintComponent
INSERT DATA { agent:ottilie-quill owl:sameAs wd:Q999999999997 }
