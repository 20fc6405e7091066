"""The SPARQL 1.1 Protocol at /sparql: one read-only query in, its result out."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, TypeVar

from fastapi import APIRouter, Request, Response

from hostagegraph.ceilings import Ceilings, check_ceilings, check_size, tokens
from hostagegraph.errors import QueryRefused, QuerySyntaxError, QueryTooComplex, QueryTooLong
from hostagegraph.service.answers import (
    checked,
    data_headers,
    json_response,
    never_kept,
    respond,
    run,
    while_there,
)
from hostagegraph.service.asked import DIRECT, FORM, Asked, asked_in, asked_in_body, fields_of
from hostagegraph.service.negotiation import (
    HTML,
    accepted,
    choose,
    result_formats,
    wants_page,
)
from hostagegraph.service.pages import layout, plain_table, workbench
from hostagegraph.service.problems import NotAcceptable, problem_of
from hostagegraph.service.protocol import datasets
from hostagegraph.service.protocol.description import describe_service
from hostagegraph.service.serving import PlainRoute, Serving, reading, serving
from hostagegraph.service.text import hints
from hostagegraph.service.text.attribution import Unattributed, unattributed
from hostagegraph.store import GRAPH_FORMATS, SOLUTION_FORMATS, QueryRequest
from hostagegraph.workers import Answer

router = APIRouter(route_class=PlainRoute)

T = TypeVar("T")

_HEADER_LENGTH: Final = 400
_MOST_GRAPHS: Final = 3
_REMEMBERED: Final = 256
_SHORT: Final = 16_384  # so much text is read faster than a thread is asked to

_TEXT: Final = {"type": "string"}
_IRIS: Final = {"type": "array", "items": {"type": "string", "format": "iri"}}
_FIELDS: Final = {
    "type": "object",
    "required": ["query"],
    "properties": {"query": _TEXT, "default-graph-uri": _IRIS, "named-graph-uri": _IRIS},
}
_PARAMETERS = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": _TEXT if name == "query" else _IRIS,
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
    "requestBody": {"content": {DIRECT: {"schema": {"type": "string"}}, FORM: {"schema": _FIELDS}}},
    "parameters": _PARAMETERS[1:],
}


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
        return await _describe(request, serving(request))
    return await _answer(request, asked_in(fields))


@router.post(
    "/sparql",
    summary="Run a query given in the body",
    openapi_extra=_OPENAPI_BODY,
    responses={200: {"content": _RESULTS}},
)
async def post_sparql(request: Request) -> Response:
    """Answer a query sent directly or as a form."""
    return await _answer(request, await asked_in_body(request))


@router.post(
    "/sparql/check",
    summary="Check the syntax of a query without running it",
    openapi_extra=_OPENAPI_BODY,
)
async def check(request: Request) -> Response:
    """Parse a query, and tell what an editor wants to mark: nothing is evaluated."""
    asked = await asked_in_body(request)
    here = serving(request)
    told: dict[str, Any] = {"ok": True, "unknown_functions": []}
    try:
        await _soon(_study, asked, here)
        known = await while_there(request, checked(request, here.adhoc, asked.text, here.base))
        told["unknown_functions"] = list(known)
    except QuerySyntaxError as error:
        problem = problem_of(hints.explain(error, asked.text, here.base), here.base, asked.text)
        told |= _finding(problem.members)
    except (QueryRefused, QueryTooComplex, QueryTooLong) as error:
        told |= _finding(problem_of(error, here.base, asked.text).members)
    reads = await _soon(_reads, asked, here)
    told["unattributed"] = reads.notice if reads else ""
    told["unknown_terms"] = [
        {"name": term.name, "nearest": term.nearest}
        for term in hints.unknown_terms(asked.text, here.base)
    ]
    return json_response(told, {**data_headers(here), "Cache-Control": "no-store"})


def _finding(members: Mapping[str, Any]) -> dict[str, Any]:
    """Say of a mistake what an editor shows."""
    places = ("type", "line", "column", "excerpt", "caret", "hint")
    shown = {name: members[name] for name in places if name in members}
    return {"ok": False, "message": members["detail"], **shown}


async def _answer(request: Request, asked: Asked) -> Response:
    here = serving(request)
    request.state.query = asked.text
    reads, said = await _soon(_study, asked, here)
    page = wants_page(accepted(request))
    formats = plain_table.FORMATS if page else result_formats(accepted(request))
    query = QueryRequest(
        asked.text, formats, asked.default_graphs, asked.named_graphs, here.union, here.base
    )
    answer = await run(request, here.adhoc, query)
    said = [*map(hints.unknown_function, answer.unknown), *said]
    if page:
        return await _page(request, asked, answer, [*([reads.notice] if reads else []), *said])
    headers = {**data_headers(here), **never_kept(), **_notices(reads, said)}
    return await respond(request, answer, headers)


async def _soon(read: Callable[[Asked, Serving], T], asked: Asked, here: Serving) -> T:
    """Read a query, and let others be served while a long one is read."""
    if len(asked.text) > _SHORT:
        return await asyncio.to_thread(read, asked, here)
    return read(asked, here)


def _study(asked: Asked, here: Serving) -> tuple[Unattributed | None, list[str]]:
    """Refuse what is above a ceiling or asks for a file; find what is to be said of the rest."""
    said = _said_again if len(asked.text) <= _SHORT else _said
    reads, term, named = said(asked.text, here.ceilings, here.base)
    graphs = [*asked.default_graphs, *asked.named_graphs, *named]
    for iri in graphs:
        datasets.check(iri, here)
    absent = filter(None, (datasets.advise(iri, here) for iri in graphs))
    known = None if here.snapshot.manifest.files else reads
    return known, [*filter(None, [term]), *islice(absent, _MOST_GRAPHS)]


def _said(
    text: str, ceilings: Ceilings, base: str
) -> tuple[Unattributed | None, str, tuple[str, ...]]:
    """Tell what the text of a query says by itself, once it is below all ceilings."""
    check_size(text, ceilings)
    read = list(tokens(text))
    check_ceilings(text, ceilings, read)
    return unattributed(text, base), hints.advise(text, base, read), tuple(datasets.named_in(text))


_said_again = lru_cache(_REMEMBERED)(_said)  # dashboards ask the same again and again


def _reads(asked: Asked, here: Serving) -> Unattributed | None:
    """Find a role that is read without its claim, where the data are of our ontology."""
    return None if here.snapshot.manifest.files else unattributed(asked.text, here.base)


def _notices(reads: Unattributed | None, said: Sequence[str]) -> dict[str, str]:
    """Write what is to be said as headers, which hold ASCII and end in no space."""
    hint = "; ".join(each for each in said if each.isascii() and each.isprintable())
    told = {"X-Query-Hint": hint, "X-Attribution": reads.header if reads else ""}
    return {name: text[:_HEADER_LENGTH].strip() for name, text in told.items() if text}


async def _page(request: Request, asked: Asked, answer: Answer, notices: Sequence[str]) -> Response:
    result = await plain_table.result(request, answer)
    response = await layout.page(
        request,
        "sparql.html",
        query=asked.text,
        **_bench(serving(request)),
        result=result,
        notices=notices,
    )
    response.headers.update(never_kept())
    return response


def _bench(here: Serving) -> dict[str, Any]:
    """Give what the workbench has beside the query: its script, and queries to begin from."""
    return {"islands": ("src/workbench.ts",), "examples": here.catalogue.queries}


async def _describe(request: Request, here: Serving) -> Response:
    media = choose(accepted(request), (*GRAPH_FORMATS, HTML))
    if media == HTML:
        asked = (
            workbench.any_query()
            if here.snapshot.manifest.files
            else workbench.first_query(here.base)
        )
        if chosen := request.query_params.get("from", ""):
            asked = workbench.without_head(here.catalogue.get(chosen).text)
        return await layout.page(request, "sparql.html", query=asked, **_bench(here))
    if media is None:
        raise NotAcceptable(f"without a query, offered are {', '.join((*GRAPH_FORMATS, HTML))}")
    return describe_service(request, here, media)
