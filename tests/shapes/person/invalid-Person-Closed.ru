#! agent:ottilie-quill | schema:birthDate | sh:ClosedConstraintComponent
INSERT DATA { agent:ottilie-quill schema:birthDate "1860-01-01"^^xsd:date }
