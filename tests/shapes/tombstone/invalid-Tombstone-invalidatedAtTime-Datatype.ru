#! g:c0101-09 | prov:invalidatedAtTime | sh:DatatypeConstraintComponent
DELETE DATA { g:c0101-09 prov:invalidatedAtTime "1900-04-01"^^xsd:date } ;
INSERT DATA { g:c0101-09 prov:invalidatedAtTime "1 April 1900" }
