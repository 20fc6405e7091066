"""Every IRI of the data at its own address, the ontology, and the dumps for download."""

import re
from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from hostagegraph.service.answers import (
    collect,
    content_type,
    data_headers,
    entity_tag,
    json_response,
    not_modified,
    run,
)
from hostagegraph.service.asked import fields_of
from hostagegraph.service.negotiation import HTML, JSON, accepted, choose
from hostagegraph.service.pages import entities, layout, terms
from hostagegraph.service.problems import Gone, NotAcceptable, NotFound
from hostagegraph.service.protocol import graph_store
from hostagegraph.service.protocol.description import DUMP_TYPES, describe_data
from hostagegraph.service.serving import Serving, reading, serving
from hostagegraph.service.text import hints
from hostagegraph.store import GRAPH_FORMATS, QueryRequest

router = APIRouter()

_SUFFIXES: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "html": HTML,
}
_OFFERS: Final = (
    *("text/turtle", "application/ld+json", "application/n-triples", "application/n-quads"),
    *("application/rdf+xml", HTML),
)
_GRAPH_PARAMETERS: Final = [
    {
        "name": "graph",
        "in": "query",
        "required": False,
        "description": "the IRI of one graph to be given",
        "schema": {"type": "string"},
    },
    {
        "name": "default",
        "in": "query",
        "required": False,
        "allowEmptyValue": True,
        "description": "give the default graph; takes no value",
        "schema": {"type": "string", "enum": [""]},
    },
]
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]+))?")
_FOLDER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_BYTES: Final = 8_000_000
# All that is said of a thing, what else must be read with it (the claim of a situation, the chain
# of a claim, the reply to an allegation), and the names of all that is mentioned.
_DESCRIBE: Final = """PREFIX hg: <{base}ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT {{ ?s ?p ?o . ?o rdfs:label ?label . ?o hg:descriptor ?descriptor }}
WHERE {{
  {{ VALUES ?s {{ <{iri}> }} ?s ?p ?o }}
  UNION {{ VALUES ?thing {{ <{iri}> }} ?s hg:content ?thing . ?s ?p ?o }}
  UNION {{ VALUES ?thing {{ <{iri}> }} ?s hg:ofClaim ?thing . ?s ?p ?o }}
  UNION {{ VALUES ?thing {{ <{iri}> }} ?claim hg:content ?thing . ?s hg:ofClaim ?claim . ?s ?p ?o }}
  UNION {{ VALUES ?thing {{ <{iri}> }} ?thing hg:allegation ?s . ?s ?p ?o }}
  OPTIONAL {{ ?o rdfs:label ?label }}
  OPTIONAL {{ ?o hg:descriptor ?descriptor }}
}}"""
_ONTOLOGY: Final = (
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{base}graph/ontology> {{ ?s ?p ?o }} }}"
)


@reading(router, "/id/{folder}/{name}", _OFFERS, summary="Describe one thing")
async def describe(request: Request, folder: str, name: str) -> Response:
    """Describe what an IRI of the data names, as RDF or as a page."""
    here = serving(request)
    match = _NAME.fullmatch(name)
    if not match or not _FOLDER.fullmatch(folder):
        raise NotFound("no IRI of the data has this form")
    media = _media(request, match[2])
    iri = f"{here.base}id/{folder}/{match[1]}"
    triples = await _triples(request, here, _DESCRIBE.format(base=here.base, iri=iri))
    subject = ox.NamedNode(iri)
    own = [triple for triple in triples if triple.subject == subject]
    if not own:
        raise NotFound("the data say nothing about this")
    withdrawn = ox.NamedNode(f"{here.base}ns#withdrawn")
    if any(triple.object == withdrawn for triple in own):
        raise Gone(_reason(own))
    if media == HTML:
        return await entities.entity(request, iri)
    return _graph(request, here, triples, media)


@reading(router, "/ns", _OFFERS, summary="Give the ontology")
async def ontology(request: Request) -> Response:
    """Give the ontology as RDF or as a page."""
    return await _ontology(request, None)


@reading(router, "/ns.{suffix}", _OFFERS, summary="Give the ontology, in one format")
async def ontology_as(request: Request, suffix: str) -> Response:
    """Give the ontology in the format that the suffix names."""
    return await _ontology(request, suffix)


async def _ontology(request: Request, suffix: str | None) -> Response:
    here = serving(request)
    media = _media(request, suffix)
    triples = await _triples(request, here, _ONTOLOGY.format(base=here.base))
    if not triples:
        raise NotFound("this data set holds no ontology")
    if media == HTML:
        return await terms.page(request)
    return _graph(request, here, triples, media)


@reading(
    router,
    "/data",
    (JSON, *GRAPH_FORMATS, HTML),
    summary="List the dumps, describe the data, or give one graph",
    openapi_extra={"parameters": _GRAPH_PARAMETERS},
)
async def dumps(request: Request) -> Response:
    """List the files in which all data can be downloaded, as JSON, as VoID and DCAT or as a page.

    With `graph` or `default`, give that graph, as the Graph Store Protocol says.
    """
    here = serving(request)
    fields = fields_of(request)
    if graph_store.names_graph(fields):
        return await graph_store.graph(request, here, fields)
    manifest = here.snapshot.manifest
    offers = (JSON, *GRAPH_FORMATS, HTML)
    media = choose(accepted(request), offers)
    if media is None:
        raise NotAcceptable(f"the list is offered as {', '.join(offers)}")
    if media == HTML:
        return await layout.page(request, "data.html", manifest=manifest)
    if media != JSON:
        return await describe_data(request, here, media)
    told = {
        "data": here.snapshot.name,
        "digest": manifest.digest,
        "graphs": dict(manifest.graphs),
        "dumps": {name: dict(dump) for name, dump in manifest.dumps.items()},
    }
    return json_response(told, data_headers(here))


@reading(router, "/data/{file}", summary="Download a dump")
async def dump(request: Request, file: str) -> Response:
    """Send one of the files that the manifest lists, and no other."""
    here = serving(request)
    listed = here.snapshot.manifest.dumps.get(file)
    if listed is None:
        raise NotFound("the list of dumps has no such file")
    tag = f'"{str(listed["sha256"])[:32]}"'
    headers = {**data_headers(here), "ETag": tag, "Cache-Control": "no-cache"}
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    media = DUMP_TYPES.get(file.rpartition(".")[2], "application/octet-stream")
    return FileResponse(
        here.snapshot.dumps / file, media_type=media, headers=headers, filename=file
    )


def _media(request: Request, suffix: str | None) -> str:
    if suffix is not None:
        if suffix not in _SUFFIXES:
            raise NotFound(f"there is no .{suffix} here; try {', '.join(_SUFFIXES)}")
        return _SUFFIXES[suffix]
    media = choose(accepted(request), _OFFERS)
    if media is None:
        raise NotAcceptable(f"this is offered as {', '.join(_OFFERS)}")
    return media


async def _triples(request: Request, here: Serving, text: str) -> list[ox.Triple]:
    """Run a CONSTRUCT query of the service's own and read its small result."""
    media = "application/n-triples"
    tag = entity_tag(here, media, text)
    body = here.kept.get(tag)
    if body is None:
        query = QueryRequest(text, {"graph": media})
        body = await collect(await run(request, here.saved, query), _MOST_BYTES)
        if body is None:
            raise NotAcceptable("this description is too large; take a dump instead")
        here.kept.put(tag, body)
    quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
    return sorted({quad.triple for quad in quads}, key=str)


def _graph(request: Request, here: Serving, triples: Sequence[ox.Triple], media: str) -> Response:
    body = ox.serialize(triples, format=GRAPH_FORMATS[media], prefixes=hints.prefixes(here.base))
    assert body is not None  # noqa: S101 - without an output it is returned
    tag = entity_tag(here, media, body.decode())
    headers = {**data_headers(here), "ETag": tag, "Cache-Control": "no-cache"}
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"Content-Type": content_type(media)})


def _reason(triples: Sequence[ox.Triple]) -> str:
    note = "http://www.w3.org/2004/02/skos/core#changeNote"
    notes = [
        triple.object.value
        for triple in triples
        if triple.predicate.value == note and isinstance(triple.object, ox.Literal)
    ]
    return notes[0] if notes else "this claim was withdrawn"
