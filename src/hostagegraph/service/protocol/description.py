"""A snapshot in, what it is and how to ask it out: service description, VoID and DCAT.

All is generated from the manifest, and three facts from the data. Addresses stand under the public
address, and no Host header is believed: where none is set, they are relative to `/sparql` and
`/data`, and in N-Triples and N-Quads, which know no relative IRIs, under the base IRI of the data.
"""

import json
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from hostagegraph.errors import QueryTimeout
from hostagegraph.service.answers import (
    collect,
    content_type,
    data_headers,
    entity_tag,
    not_modified,
    run,
)
from hostagegraph.service.serving import Serving, reading
from hostagegraph.store import GRAPH_FORMATS, QueryRequest
from hostagegraph.vocabulary import RDF_TYPE, XSD

router = APIRouter()

DUMP_TYPES: Final = {
    "nq": "application/n-quads",
    "ttl": "text/turtle",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}
_HERE: Final = "http://relative.invalid/"
_ABSOLUTE: Final = ("application/n-triples", "application/n-quads")
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_SPDX: Final = "http://spdx.org/rdf/terms#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_PREFIXES: Final = {
    "sd": _SD,
    "void": _VOID,
    "dcat": _DCAT,
    "dcterms": _DCTERMS,
    "spdx": _SPDX,
    "formats": _FORMATS,
    "xsd": XSD,
}
_FORMAT_NAMES: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG"),
)
_LANGUAGES: Final = ("SPARQL10Query", "SPARQL11Query")
_MOST_SCANNED: Final = 500_000  # to list the vocabularies of more quads takes too long
_MOST_BYTES: Final = 1_000_000
_LICENCE_AND_EXAMPLE: Final = """PREFIX hg: <{base}ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?kind ?value {{
  {{ BIND("license" AS ?kind) GRAPH ?g {{ ?o a owl:Ontology ; dcterms:license ?value }} }}
  UNION
  {{
    BIND("example" AS ?kind)
    {{ SELECT ?value {{ GRAPH ?g {{ ?value a hg:Claim }} }} ORDER BY ?value LIMIT 1 }}
  }}
}}"""
_USED_TERMS: Final = """SELECT DISTINCT ?kind ?value {
  { SELECT DISTINCT ?value { ?s ?value ?o } }
  UNION { SELECT DISTINCT ?value { ?s a ?value } }
  BIND("term" AS ?kind)
}"""

Facts = Mapping[str, list[str]]


@reading(router, "/.well-known/void", summary="Lead to the description of the data")
async def well_known() -> Response:
    """Lead to the description of the data."""
    return RedirectResponse("../data", 302, headers={"Vary": "Accept"})


def describe_service(request: Request, here: Serving, media: str) -> Response:
    """Answer with the description of the query service."""
    return _written(request, here, media, _service(here))


async def describe_data(request: Request, here: Serving, media: str) -> Response:
    """Answer with the description of the data, their graphs and their dumps."""
    return _written(request, here, media, _dataset(here, await _facts(request, here)))


def triples_of(here: Serving) -> int:
    """Count what the snapshot holds."""
    manifest = here.snapshot.manifest
    return manifest.default_graph + sum(manifest.graphs.values())


def _written(request: Request, here: Serving, media: str, triples: Iterable[ox.Triple]) -> Response:
    body = ox.serialize(triples, format=GRAPH_FORMATS[media], prefixes=_PREFIXES) or b""
    place = f"{here.public_address}/" if here.public_address else ""
    if media in _ABSOLUTE:
        place = place or here.base
    body = body.replace(_HERE.encode(), place.encode())
    tag = entity_tag(here, media, body.decode())
    headers = {**data_headers(here), "ETag": tag, "Cache-Control": "no-cache"}
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"Content-Type": content_type(media)})


# The service


def _service(here: Serving) -> Iterator[ox.Triple]:
    manifest = here.snapshot.manifest
    service, dataset = _here("sparql"), _here("sparql#dataset")
    yield _says(service, RDF_TYPE, _iri(_SD, "Service"))
    yield _says(service, f"{_SD}endpoint", service)
    for language in _LANGUAGES:
        yield _says(service, f"{_SD}supportedLanguage", _iri(_SD, language))
    for name in _FORMAT_NAMES:
        yield _says(service, f"{_SD}resultFormat", _iri(_FORMATS, name))
    if here.union:
        yield _says(service, f"{_SD}feature", _iri(_SD, "UnionDefaultGraph"))
    yield _says(service, f"{_SD}defaultDataset", dataset)
    yield _says(dataset, RDF_TYPE, _iri(_SD, "Dataset"))
    default = _here("sparql#default-graph")
    yield _says(dataset, f"{_SD}defaultGraph", default)
    yield _says(default, RDF_TYPE, _iri(_SD, "Graph"))
    total = triples_of(here) if here.union else manifest.default_graph
    yield _says(default, f"{_VOID}triples", _number(total))
    for place, (iri, count) in enumerate(sorted(manifest.graphs.items()), 1):
        named, graph = _here(f"sparql#named-graph-{place}"), _here(f"sparql#graph-{place}")
        yield _says(dataset, f"{_SD}namedGraph", named)
        yield _says(named, RDF_TYPE, _iri(_SD, "NamedGraph"))
        yield _says(named, f"{_SD}name", ox.NamedNode(iri))
        yield _says(named, f"{_SD}graph", graph)
        yield _says(graph, RDF_TYPE, _iri(_SD, "Graph"))
        yield _says(graph, f"{_VOID}triples", _number(count))


# The data


def _dataset(here: Serving, facts: Facts) -> Iterator[ox.Triple]:
    manifest = here.snapshot.manifest
    dataset, service = _here("data#dataset"), _here("sparql")
    for kind in (_iri(_VOID, "Dataset"), _iri(_DCAT, "Dataset")):
        yield _says(dataset, RDF_TYPE, kind)
    title = ", ".join(manifest.files) if manifest.files else "hostagegraph"
    yield _says(dataset, f"{_DCTERMS}title", ox.Literal(title))
    yield _says(dataset, f"{_DCTERMS}identifier", ox.Literal(manifest.digest))
    yield _says(dataset, f"{_DCAT}version", ox.Literal(here.snapshot.name))
    yield _says(dataset, f"{_VOID}triples", _number(triples_of(here)))
    yield _says(dataset, f"{_VOID}sparqlEndpoint", service)
    yield from _facts_said(here, dataset, facts)
    for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG"):
        yield _says(dataset, f"{_VOID}feature", _iri(_FORMATS, name))
    yield _says(service, RDF_TYPE, _iri(_DCAT, "DataService"))
    yield _says(service, f"{_DCAT}endpointURL", service)
    yield _says(service, f"{_DCAT}endpointDescription", service)
    yield _says(service, f"{_DCAT}servesDataset", dataset)
    yield from _graphs(here, dataset)
    yield from _dumps(here, dataset, facts)


def _facts_said(here: Serving, dataset: ox.NamedNode, facts: Facts) -> Iterator[ox.Triple]:
    if not here.snapshot.manifest.files:
        yield _says(dataset, f"{_VOID}uriSpace", ox.Literal(f"{here.base}id/"))
    for name, predicate in (
        ("license", f"{_DCTERMS}license"),
        ("example", f"{_VOID}exampleResource"),
    ):
        for value in facts.get(name, ()):
            yield _says(dataset, predicate, ox.NamedNode(value))
    for namespace in sorted({_namespace(term) for term in facts.get("term", ())} - {""}):
        yield _says(dataset, f"{_VOID}vocabulary", ox.NamedNode(namespace))


def _graphs(here: Serving, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    for place, (iri, count) in enumerate(sorted(here.snapshot.manifest.graphs.items()), 1):
        subset = _here(f"data#graph-{place}")
        yield _says(dataset, f"{_VOID}subset", subset)
        yield _says(subset, RDF_TYPE, _iri(_VOID, "Dataset"))
        yield _says(subset, f"{_DCTERMS}identifier", ox.Literal(iri))
        yield _says(subset, f"{_VOID}triples", _number(count))
        address = _here(f"data?graph={urllib.parse.quote(iri, safe='')}")
        yield _says(subset, f"{_VOID}dataDump", address)


def _dumps(here: Serving, dataset: ox.NamedNode, facts: Facts) -> Iterator[ox.Triple]:
    for name, dump in sorted(here.snapshot.manifest.dumps.items()):
        form, file = _here(f"data#file-{name}"), _here(f"data/{name}")
        checksum = _here(f"data#checksum-{name}")
        media = DUMP_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        yield _says(dataset, f"{_DCAT}distribution", form)
        if media in GRAPH_FORMATS:
            yield _says(dataset, f"{_VOID}dataDump", file)
        yield _says(form, RDF_TYPE, _iri(_DCAT, "Distribution"))
        yield _says(form, f"{_DCTERMS}title", ox.Literal(name))
        yield _says(form, f"{_DCAT}downloadURL", file)
        yield _says(form, f"{_DCAT}mediaType", _iri(_MEDIA, media.partition(";")[0]))
        size = ox.Literal(str(dump["bytes"]), datatype=_iri(XSD, "nonNegativeInteger"))
        yield _says(form, f"{_DCAT}byteSize", size)
        for value in facts.get("license", ()):
            yield _says(form, f"{_DCTERMS}license", ox.NamedNode(value))
        yield _says(form, f"{_SPDX}checksum", checksum)
        yield _says(checksum, RDF_TYPE, _iri(_SPDX, "Checksum"))
        yield _says(checksum, f"{_SPDX}algorithm", _iri(_SPDX, "checksumAlgorithm_sha256"))
        digest = ox.Literal(str(dump["sha256"]), datatype=_iri(XSD, "hexBinary"))
        yield _says(checksum, f"{_SPDX}checksumValue", digest)


# What only the data know


async def _facts(request: Request, here: Serving) -> Facts:
    """Ask the data for their licence, an example and the terms they use."""
    facts = await _asked(request, here, _LICENCE_AND_EXAMPLE.format(base=here.base))
    if triples_of(here) <= _MOST_SCANNED:
        try:
            facts |= await _asked(request, here, _USED_TERMS)
        except QueryTimeout:
            return facts
    return facts


async def _asked(request: Request, here: Serving, text: str) -> dict[str, list[str]]:
    media = "application/sparql-results+json"
    tag = entity_tag(here, media, text)
    body = here.kept.get(tag)
    if body is None:
        query = QueryRequest(text, {"solutions": media})
        body = await collect(await run(request, here.saved, query), _MOST_BYTES)
        if body is None:
            return {}
        here.kept.put(tag, body)
    found: dict[str, list[str]] = {}
    for row in json.loads(body)["results"]["bindings"]:
        if row["value"]["type"] == "uri":
            found.setdefault(row["kind"]["value"], []).append(row["value"]["value"])
    return found


def _namespace(iri: str) -> str:
    """Cut the local name off an IRI; what is no address of the web has no namespace here."""
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:end] if iri.startswith(("http://", "https://")) and end > len("https://") else ""


# Terms


def _here(path: str) -> ox.NamedNode:
    return ox.NamedNode(_HERE + path)


def _iri(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + name)


def _number(count: int) -> ox.Literal:
    return ox.Literal(count)


def _says(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)
