#! office:envoy | ex:heldBy | sh:ClosedConstraintComponent
INSERT DATA { office:envoy ex:heldBy "Quill" }
