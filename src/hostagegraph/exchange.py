"""Write readable, stable Turtle for people and for version control: quads in, text out."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
import rdflib

from hostagegraph.vocabulary import FOLDERS, Iris

PREFIXES: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def prefixes_for(base: str, sources: Iterable[str] = ()) -> dict[str, str]:
    """Name the namespaces of a dataset: the ontology, one per hub folder, one per source."""
    own = {folder: f"{base}id/{folder}/" for folder in FOLDERS}
    local = {_prefix(source): f"{base}id/{source}/" for source in sources}
    return {"hg": f"{Iris(base).ontology}#", **own, **local, **PREFIXES}


def readable_turtle(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> str:
    """Write the triples of quads as Turtle, one object a line, sorted: the same triples, one text.

    Meant for one graph at a time; rdflib's writer slows down on a whole corpus.
    """
    lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in sorted(prefixes.items()):
        graph.bind(prefix, namespace)
    graph.parse(data=b"".join(sorted(set(lines.splitlines(keepends=True)))), format="nt")
    return graph.serialize(format="longturtle")


def _prefix(source: str) -> str:
    """Make a prefix of a source's name: it may not begin with a digit."""
    return source if source[0].isalpha() else f"source-{source}"
