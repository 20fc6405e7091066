"""Saved queries at /queries: their list, their pages and their results."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response

from hostagegraph.errors import ParameterError
from hostagegraph.queries import Parameter, SavedQuery
from hostagegraph.service import pages
from hostagegraph.service.answers import data_headers, json_response, kept_or_new, run
from hostagegraph.service.negotiation import HTML, JSON, SUFFIXES, choose, offered
from hostagegraph.service.problems import NotAcceptable, NotFound
from hostagegraph.service.serving import Serving, reading, serving
from hostagegraph.service.sparql import fields_of
from hostagegraph.store import QueryRequest

router = APIRouter()


@reading(router, "/queries", summary="List the saved queries")
async def queries(request: Request) -> Response:
    """List the saved queries with what they ask for."""
    here = serving(request)
    if choose(request.headers.get("accept"), (JSON, HTML)) == HTML:
        return pages.page(request, "queries.html", queries=here.catalogue.queries)
    told = [metadata(query) for query in here.catalogue.queries]
    return json_response({"queries": told}, data_headers(here))


@reading(router, "/queries/{name}.{suffix}", summary="Run a saved query, in one format")
async def result(request: Request, name: str, suffix: str) -> Response:
    """Answer a saved query in the format that the suffix names."""
    here = serving(request)
    query = here.catalogue.get(name)
    media = SUFFIXES.get(suffix)
    if media is None:
        raise NotFound(f"there is no .{suffix} here; try {', '.join(_suffixes(query))}")
    if media not in offered(query.kind):
        raise NotFound(
            f"this query is not answered as .{suffix}; try {', '.join(_suffixes(query))}"
        )
    return await _run(request, here, query, media)


@reading(router, "/queries/{name}", summary="Show or run a saved query")
async def query_by_name(request: Request, name: str) -> Response:
    """Answer with the page, the metadata (application/json) or the results, as asked."""
    here = serving(request)
    query = here.catalogue.get(name)
    results = offered(query.kind)
    accept = request.headers.get("accept")
    media = choose(accept, (results[0], JSON, *results[1:], HTML))
    if media is None:
        raise NotAcceptable(f"this query is answered as {', '.join((*results, JSON, HTML))}")
    if _only_json(accept):
        return json_response(metadata(query), data_headers(here))
    if media == HTML:
        return await _page(request, here, query)
    return await _run(request, here, query, media)


def metadata(query: SavedQuery) -> dict[str, Any]:
    """Say what a saved query is and what it asks for."""
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "kind": query.kind,
        "view": query.view,
        "parameters": [_parameter(param) for param in query.params],
        "columns": {
            name: {"label": column.label, "link": column.link}
            for name, column in query.columns.items()
        },
        "page": f"/queries/{query.name}",
        "results": [f"/queries/{query.name}.{suffix}" for suffix in _suffixes(query)],
        "query": query.text,
    }


def _parameter(param: Parameter) -> dict[str, Any]:
    return {
        "name": param.name,
        "type": param.type,
        "label": param.label,
        "description": param.description,
        "required": param.required,
        "multiple": param.multiple,
        "default": _listed(param.default),
        "example": _listed(param.example),
        "enum": dict(param.enum),
        "pattern": param.pattern,
    }


def _listed(value: Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _suffixes(query: SavedQuery) -> list[str]:
    formats = offered(query.kind)
    return [suffix for suffix, media in SUFFIXES.items() if media in formats]


def _only_json(accept: str | None) -> bool:
    """Tell whether plain JSON is asked for by its own name, ahead of the standard results."""
    first = (accept or "").split(",")[0].partition(";")[0]
    return first.strip().lower() == JSON


async def _run(request: Request, here: Serving, query: SavedQuery, media: str) -> Response:
    text = query.fill(fields_of(request))
    asked = QueryRequest(text, {query.kind: media})
    return await kept_or_new(request, here, asked, media)


async def _page(request: Request, here: Serving, query: SavedQuery) -> Response:
    values = fields_of(request)
    shown: dict[str, Any] = {"saved": query, "values": values, "problems": {}}
    shown["links"] = pages.downloads(f"/queries/{query.name}", request.url.query, query.kind)
    try:
        text = query.fill(values)
    except ParameterError as error:
        return _form_again(request, shown, values, error)
    answer = await run(request, here.saved, QueryRequest(text, pages.FORMATS))
    found = await pages.result(answer, here.base, query)
    return pages.page(request, "query.html", result=found, text=text, **shown)


def _form_again(
    request: Request,
    shown: Mapping[str, Any],
    values: Mapping[str, Sequence[str]],
    error: ParameterError,
) -> Response:
    """Show the form: as an error with the problems beside the fields, once it was filled in."""
    if not values:
        return pages.page(request, "query.html", **shown)
    response = pages.page(request, "query.html", **{**shown, "problems": error.problems})
    response.status_code = 422
    return response
