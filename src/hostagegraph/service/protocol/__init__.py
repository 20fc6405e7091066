"""The addresses that machines ask: the protocols of SPARQL, saved queries, IRIs and dumps."""
