#! agent:ottilie-quill | rdf:type | sh:InConstraintComponent
INSERT DATA { agent:ottilie-quill a ex:Hostage }
