"""The SPARQL 1.1 Protocol at /sparql: one read-only query in, its result out."""

import asyncio
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from hostagegraph.ceilings import check_ceilings
from hostagegraph.errors import QueryTooLong
from hostagegraph.service import hints, pages
from hostagegraph.service.answers import data_headers, respond, run
from hostagegraph.service.negotiation import result_formats, wants_page
from hostagegraph.service.problems import BadRequest, TooSlow, UnsupportedMedia
from hostagegraph.service.serving import Serving, reading, serving
from hostagegraph.store import GRAPH_FORMATS, SOLUTION_FORMATS, QueryRequest

router = APIRouter()

_DIRECT: Final = "application/sparql-query"
_FORM: Final = "application/x-www-form-urlencoded"
_UPDATE: Final = "application/sparql-update"
_BODY_SECONDS: Final = 10.0
_MOST_FIELDS: Final = 1000
_ENCODED: Final = 3  # a byte of a form may be written as three
_HEADER_LENGTH: Final = 400
_SHORT: Final = 16_384  # so much text is read faster than a thread is asked to

_PARAMETERS = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "string"} if name == "query" else {"type": "array", "items": {}},
    }
    for name, description in (
        ("query", "one SPARQL query; without it the service description is the answer"),
        ("default-graph-uri", "a graph of the default graph, instead of the union of all"),
        ("named-graph-uri", "a named graph of the dataset"),
    )
]
_RESULTS: dict[str, dict[str, object]] = {
    media: {} for media in (*SOLUTION_FORMATS, *GRAPH_FORMATS)
}
_OPENAPI_BODY = {
    "requestBody": {"content": {_DIRECT: {"schema": {"type": "string"}}, _FORM: {"schema": {}}}},
    "parameters": _PARAMETERS[1:],
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request asks: the text of one query and its dataset."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@reading(
    router,
    "/sparql",
    summary="Run a query given in the address",
    openapi_extra={"parameters": _PARAMETERS},
    responses={200: {"content": _RESULTS}},
)
async def get_sparql(request: Request) -> Response:
    """Answer a query; without one, describe the service or show the form."""
    fields = fields_of(request)
    if "query" not in fields and "update" not in fields:
        return _describe(request, serving(request))
    return await _answer(request, _asked(fields))


@router.post(
    "/sparql",
    summary="Run a query given in the body",
    openapi_extra=_OPENAPI_BODY,
    responses={200: {"content": _RESULTS}},
)
async def post_sparql(request: Request) -> Response:
    """Answer a query sent directly or as a form."""
    kind, charset = _body_kind(request)
    ceiling = serving(request).ceilings.text_bytes
    fields = fields_of(request)
    if kind == _DIRECT:
        body = await _body(request, ceiling)
        fields = {**fields, "query": [*fields.get("query", ()), _decoded(body)]}
    elif kind == _FORM:
        body = await _body(request, _ENCODED * ceiling + 65_536)
        for name, values in fields_in(body).items():
            fields[name] = [*fields.get(name, ()), *values]
    elif kind == _UPDATE:
        raise UnsupportedMedia("updates are not accepted: the data are read-only")
    else:
        raise UnsupportedMedia(f"send the query as {_DIRECT} or {_FORM}")
    if charset not in ("", "utf-8", "us-ascii"):
        raise UnsupportedMedia("send the query in UTF-8")
    return await _answer(request, _asked(fields))


async def _answer(request: Request, asked: _Asked) -> Response:
    here = serving(request)
    request.state.query = asked.text
    if len(asked.text) > _SHORT:
        await asyncio.to_thread(check_ceilings, asked.text, here.ceilings)
    else:
        check_ceilings(asked.text, here.ceilings)
    if wants_page(request.headers.get("accept")):
        return await _page(request, here, asked)
    query = QueryRequest(
        asked.text,
        result_formats(request.headers.get("accept")),
        asked.default_graphs,
        asked.named_graphs,
        here.union,
        here.base,
    )
    answer = await run(request, here.adhoc, query)
    return await respond(request, answer, {**data_headers(here), **_hint(asked.text, here)})


async def _page(request: Request, here: Serving, asked: _Asked) -> Response:
    query = QueryRequest(
        asked.text, pages.FORMATS, asked.default_graphs, asked.named_graphs, here.union, here.base
    )
    answer = await run(request, here.adhoc, query)
    result = await pages.result(answer, here.base)
    return pages.page(
        request,
        "sparql.html",
        query=asked.text,
        result=result,
        hint=hints.advise(asked.text, here.base),
        links=pages.downloads("/sparql", request.url.query, answer.kind),
    )


def _describe(request: Request, here: Serving) -> Response:
    if wants_page(request.headers.get("accept")):
        return pages.page(request, "sparql.html", query=pages.first_query(here.base))
    return Response(
        _description(here),
        media_type="text/turtle; charset=utf-8",
        headers=data_headers(here),
    )


def _description(here: Serving) -> str:
    """Describe the service in Turtle; its own address is left relative, so no host is trusted."""
    graphs = " ,\n".join(
        f"    [ sd:name {ox.NamedNode(iri)} ; sd:graph [ a sd:Graph ; void:triples {count} ] ]"
        for iri, count in sorted(here.snapshot.manifest.graphs.items())
    )
    formats = " , ".join(f"formats:{name}" for name in _FORMAT_NAMES)
    union = "sd:UnionDefaultGraph" if here.union else "sd:EmptyGraphs"
    total = sum(here.snapshot.manifest.graphs.values()) if here.union else 0
    named = f" ;\n  sd:namedGraph\n{graphs}" if graphs else ""
    return f"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix void: <http://rdfs.org/ns/void#> .

<sparql> a sd:Service ;
  sd:endpoint <sparql> ;
  sd:supportedLanguage sd:SPARQL10Query , sd:SPARQL11Query ;
  sd:feature {union} ;
  sd:resultFormat {formats} ;
  sd:defaultDataset <sparql#dataset> .

<sparql#dataset> a sd:Dataset ;
  sd:defaultGraph [ a sd:Graph ; void:triples {total} ]{named} .
"""


_FORMAT_NAMES = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG"),
)


def _hint(text: str, here: Serving) -> dict[str, str]:
    """Say of an answered query that it names a term nobody uses."""
    hint = hints.advise(text, here.base)
    return {"X-Query-Hint": hint[:_HEADER_LENGTH]} if hint.isascii() and hint else {}


# Reading a request


def _asked(fields: Mapping[str, Sequence[str]]) -> _Asked:
    if "update" in fields:
        raise BadRequest("updates are not accepted: the data are read-only")
    queries = fields.get("query", ())
    if len(queries) != 1:
        raise BadRequest(f"send exactly one query; {len(queries)} came")
    return _Asked(queries[0], _iris(fields, "default-graph-uri"), _iris(fields, "named-graph-uri"))


def _iris(fields: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    try:
        return tuple(ox.NamedNode(iri).value for iri in fields.get(name, ()))
    except ValueError as error:
        raise BadRequest(f"{name}: not an absolute IRI: {error}") from error


def fields_of(request: Request) -> dict[str, Sequence[str]]:
    """Read the fields of the address of a request."""
    return fields_in(request.scope["query_string"])


def fields_in(encoded: bytes) -> dict[str, Sequence[str]]:
    """Read the fields of a form or of an address."""
    try:
        pairs = urllib.parse.parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError as error:
        raise BadRequest("the request is not in UTF-8") from error
    except ValueError as error:
        raise BadRequest(f"there are more than {_MOST_FIELDS} fields") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return dict(fields)


def _body_kind(request: Request) -> tuple[str, str]:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    named = dict(part.strip().lower().partition("=")[::2] for part in parameters.split(";"))
    return kind.strip().lower(), str(named.get("charset", "")).strip('"')


async def _body(request: Request, most: int) -> bytes:
    """Read a body that is neither too long nor too slow."""
    too_long = QueryTooLong(f"the body is above the ceiling of {most} bytes")
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > most:
        raise too_long
    parts = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.stream():
                parts += part
                if len(parts) > most:
                    raise too_long
    except TimeoutError as error:
        raise TooSlow(f"the body did not arrive within {_BODY_SECONDS:g} seconds") from error
    return bytes(parts)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("the query is not in UTF-8") from error
