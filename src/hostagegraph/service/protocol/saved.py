"""Saved queries at /queries: their catalogue, their pages and their results."""

from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from hostagegraph.service.answers import content_type, data_headers, entity_tag, json_response
from hostagegraph.service.asked import fields_of
from hostagegraph.service.negotiation import HTML, JSON, SUFFIXES, accepted, choose, offered
from hostagegraph.service.pages import contents, question_page
from hostagegraph.service.problems import NotAcceptable, NotFound
from hostagegraph.service.questions.metadata import metadata, suffixes
from hostagegraph.service.questions.question import Question, read_question
from hostagegraph.service.questions.receipts import receipt
from hostagegraph.service.questions.results import answer
from hostagegraph.service.serving import reading, serving
from hostagegraph.service.text import hints
from hostagegraph.store import GRAPH_FORMATS

router = APIRouter()

_CATALOGUE: Final = {"json": JSON, "ttl": "text/turtle", "jsonld": "application/ld+json"}
_OFFERS: Final = (JSON, "text/turtle", "application/ld+json", HTML)


@reading(router, "/queries", _OFFERS, summary="List the saved queries")
async def queries(request: Request) -> Response:
    """List the saved queries with what they ask for, as JSON, as SHACL executables or as a page."""
    media = choose(accepted(request), _OFFERS)
    if media is None:
        raise NotAcceptable(f"the catalogue is offered as {', '.join(_OFFERS)}")
    return await _catalogue(request, media)


@reading(
    router,
    "/queries.{suffix}",
    _CATALOGUE.values(),
    summary="List the saved queries, in one format",
)
async def queries_as(request: Request, suffix: str) -> Response:
    """List the saved queries in the format that the suffix names."""
    if suffix not in _CATALOGUE:
        raise NotFound(f"there is no .{suffix} here; try {', '.join(_CATALOGUE)}")
    return await _catalogue(request, _CATALOGUE[suffix])


@reading(
    router,
    "/queries/{name}.{suffix}",
    SUFFIXES.values(),
    summary="Run a saved query, in one format",
)
async def result(request: Request, name: str, suffix: str) -> Response:
    """Answer a saved query in the format that the suffix names."""
    query = serving(request).catalogue.get(name)
    media = SUFFIXES.get(suffix)
    if media is None or media not in offered(query.kind):
        known = ", ".join(suffixes(query))
        raise NotFound(f"this query is not answered as .{suffix}; try {known}")
    return await _answer(request, read_question(query, fields_of(request)), media, f".{suffix}")


@reading(
    router,
    "/queries/{name}",
    (JSON, HTML, *SUFFIXES.values()),
    summary="Show or run a saved query",
)
async def query_by_name(request: Request, name: str) -> Response:
    """Answer with the page, the metadata (application/json) or the results, as asked."""
    here = serving(request)
    query = here.catalogue.get(name)
    results = offered(query.kind)
    accept = accepted(request)
    media = choose(accept, (results[0], JSON, *results[1:], HTML))
    fields = fields_of(request)
    if "receipt" in fields:
        asked = read_question(query, fields)
        if asked.receipt:
            return await receipt(request, asked, choose(accept, results) or results[0], "")
    if media is None:
        raise NotAcceptable(f"this query is answered as {', '.join((*results, JSON, HTML))}")
    if _only_json(accept):
        return json_response(metadata(query, here), data_headers(here))
    if media == HTML:
        return await question_page.show(request, query)
    return await _answer(request, read_question(query, fields), media, "")


def _only_json(accept: str | None) -> bool:
    """Tell whether plain JSON is asked for by its own name, ahead of the standard results."""
    first = (accept or "").split(",")[0].partition(";")[0]
    return first.strip().lower() == JSON


async def _answer(request: Request, question: Question, media: str, ending: str) -> Response:
    if question.receipt:
        return await receipt(request, question, media, ending)
    return await answer(request, question, media, ending)


async def _catalogue(request: Request, media: str) -> Response:
    here = serving(request)
    if media == HTML:
        return await contents.page(request)
    if media == JSON:
        told = [metadata(query, here) for query in here.catalogue.queries]
        return json_response({"queries": told}, data_headers(here))
    body = ox.serialize(
        (quad.triple for quad in here.catalogue.quads()),
        format=GRAPH_FORMATS[media],
        prefixes={**hints.prefixes(here.base), "sh": "http://www.w3.org/ns/shacl#"},
    )
    tag = entity_tag(here, media, "catalogue" + "".join(q.digest for q in here.catalogue.queries))
    headers = {**data_headers(here), "ETag": tag, "Cache-Control": "no-cache"}
    return Response(body, headers=headers | {"Content-Type": content_type(media)})
