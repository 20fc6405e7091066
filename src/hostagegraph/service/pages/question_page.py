"""A question in, its page out: the form, the rows with who says so, and all that can be had."""

import asyncio
import re
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import Request, Response

from hostagegraph.errors import ParameterError, PolicyError, QueryError, ResultTooLarge
from hostagegraph.policies import POLICIES
from hostagegraph.saved_query import SavedQuery
from hostagegraph.service import rows
from hostagegraph.service.accounts.days import day_in_words
from hostagegraph.service.accounts.graphs import graph
from hostagegraph.service.accounts.readable import Table, readable
from hostagegraph.service.asked import fields_of
from hostagegraph.service.drawing import views
from hostagegraph.service.pages import layout, plain_table
from hostagegraph.service.pages.contents import described
from hostagegraph.service.pages.workbench import without_head
from hostagegraph.service.questions.emptiness import reasons
from hostagegraph.service.questions.metadata import CITED, suffixes, tests_of
from hostagegraph.service.questions.question import Question, read_question
from hostagegraph.service.questions.results import Whole, links, whole
from hostagegraph.service.questions.snippets import snippets
from hostagegraph.service.serving import serving
from hostagegraph.service.text.paging import Page, why_no_pages

_ISLAND: Final = "src/question.ts"
_MOST_BYTES: Final = 4_000_000  # of an answer that a page reads
_ROWS: Final = 100  # of a page on which no other number is asked for
_SECONDS: Final = 2.0  # for what the other choices of sources would leave
_SWITCH: Final = {
    "": "any voice",
    "on-record": "named voices alone",
    "first-hand": "first hand",
    "no-leaks": "no leaks",
    "min-voices:2": "two voices",
}
_WORDS: Final = {
    "table": "Table",
    "ledger": "Ledger",
    "timeline": "Timeline",
    "network": "Network",
    "chart": "Chart",
}
_BREAKS: Final = re.compile(r"[/?&]*[^/?&]+")  # an address breaks before these
_LANGUAGES: Final = {"curl": "curl", "python": "Python", "r": "R", "javascript": "JavaScript"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One position of the switch between source policies; `count` is what it would leave."""

    value: str
    label: str
    chosen: bool
    count: int | None = None


async def show(request: Request, query: SavedQuery) -> Response:
    """Show a question: its form, and its answer once enough is said."""
    here = serving(request)
    fields = fields_of(request)
    shown: dict[str, Any] = {
        "saved": query,
        "values": fields,
        "problems": {},
        "lists": here.published.lists,
        "about": tuple(described(query, here)),
        "tested": tests_of(query, here),
        "tested_on": day_in_words(here.published.on.date()),
        "text": query.text,
        "base": here.base,
        "asked": None,
        "switch": (),
        "policies": dict(POLICIES),
        "islands": (_ISLAND,),
    }
    try:
        question = read_question(query, fields)
    except ParameterError as error:
        return await _form_again(request, shown, fields, error)
    shown |= _about(request, question)
    plain = question.without("explain", "receipt")
    try:
        found = await whole(request, plain, plain_table.FORMATS[query.kind] or "", _MOST_BYTES)
    except ResultTooLarge:
        return await layout.page(request, "query.html", result=plain_table.TOO_LARGE, **shown)
    shown["switch"] = await _switch(request, plain, found)
    if query.kind == "solutions":
        return await _rows(request, question.without("receipt"), found, shown)
    if query.kind == "graph":
        return await _graph(request, question, found, shown)
    said = plain_table.truth(found.body)
    return await layout.page(request, "query.html", result=said, **shown)


async def _rows(
    request: Request, question: Question, found: Whole, shown: Mapping[str, Any]
) -> Response:
    """Show the rows of an answer in the view that is asked for, or else declared."""
    read = rows.Rows.read(found.body)
    paged = question.page is not None or not why_no_pages(question.query)
    first = question.page.size * (question.page.number - 1) if question.page else 0
    most = _ROWS if paged and question.page is None else plain_table.MOST_ROWS
    table = await readable(request, question.query, read, first, most)
    offered = views.offered(question.query, table)
    view = question.view if question.view in offered else offered[0]
    why = None if read.rows else await reasons(request, question)
    values = {**shown, "table": table, "view": view, "why": why, **_drawn(view, table)}
    values["views"] = [(each, _WORDS[each], _seen_as(question, each)) for each in offered]
    values["unfit"] = question.view if question.view not in ("", view) else ""
    values["pages"] = _pages(question, found, table, most)
    return await layout.page(request, "query.html", **values)


async def _graph(
    request: Request, question: Question, found: Whole, shown: Mapping[str, Any]
) -> Response:
    """Show a graph: its accounts, what it ties together and says of each thing, or its triples."""
    read = await graph(request, found.body, plain_table.MOST_ROWS)
    offered = sorted(("network", "table"), key=lambda view: view != question.query.view)
    view = question.view if question.view in offered else offered[0]
    values = {**shown, "graph": read, "view": view, "network": views.of_graph(read)}
    values["views"] = [(each, _WORDS[each], _seen_as(question, each)) for each in offered]
    values["unfit"] = question.view if question.view not in ("", view) else ""
    return await layout.page(request, "query.html", **values)


def _drawn(view: str, table: Table) -> dict[str, Any]:
    """Prepare what a view draws."""
    if view == "timeline":
        plot, undated = views.timeline(table)
        return {"plot": plot, "undated": undated, "islands": (_ISLAND, "src/timeline.ts")}
    if view == "network":
        return {"network": views.network(table)}
    return {"bars": views.bars(table)} if view == "chart" else {}


def _seen_as(question: Question, view: str) -> str:
    return _at(replace(question, view="" if view == question.query.view else view))


def _at(question: Question) -> str:
    """Give the address of the page of a question, with the view that is chosen."""
    return question.address(**({"view": question.view} if question.view else {}))


def _pages(question: Question, found: Whole, table: Table, most: int) -> Mapping[str, str]:
    """Lead to the other pages; a page of its own making leads to the second."""
    if question.page is not None:
        size = question.page.size
        told = links(question, "", more=found.more)
        if size > most:
            return {}
        tail = f"&view={question.view}" if question.view else ""
        return {rel: at + tail for rel, at in told.items()}
    if table.count > len(table.records) and not why_no_pages(question.query):
        return {"next": _at(replace(question, page=Page(2, most)))}
    return {}


def _about(request: Request, question: Question) -> dict[str, Any]:
    """Lead from the page of a question to all that can be had of its answer."""
    known = serving(request).public_address
    url = known or _listens_at(request)
    text = question.query.fill(question.values)
    asked: dict[str, list[str]] = {}
    for name, value in question.fields():
        asked.setdefault(name, []).append(value)
    written = snippets(url, question.query, asked)
    return {
        "asked": question,
        "text": text,
        "links": tuple((each, question.address(f".{each}")) for each in suffixes(question.query)),
        "told": _told(question),
        "receipt": question.address(f".{suffixes(question.query)[0]}", receipt="1"),
        "cites": tuple((each, question.address(f"/cite.{each}")) for each in CITED),
        "feed": question.address(".atom"),
        "served": "" if known else url,
        "address_parts": (url, *_BREAKS.findall(_at(question.without("receipt")))),
        "workbench": f"/sparql?{urllib.parse.urlencode({'query': without_head(text)})}",
        "snippets": [(name, written[key]) for key, name in _LANGUAGES.items()],
    }


def _listens_at(request: Request) -> str:
    """Name the address that the service listens on: no word of the request is believed for it."""
    host, port = request.scope["server"]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def _told(question: Question) -> str:
    """Lead to the rows with columns that say who says so, where there are any."""
    if not question.query.claim or question.query.kind != "solutions":
        return ""
    return replace(question, explain=True).address(".csv")


# Whose word counts


async def _switch(request: Request, question: Question, found: Whole) -> Sequence[Choice]:
    """Say what each choice of sources would leave; a number that takes too long is left out."""
    if not question.query.obeys_policies or serving(request).published.claims is None:
        return ()
    choices = [
        Choice(value, label, value == question.sources) for value, label in _choices(question)
    ]
    if question.query.kind != "solutions" or question.page is not None:
        return choices
    counts: dict[str, int | None] = {question.sources: found.count}
    try:
        async with asyncio.timeout(_SECONDS):
            for choice in choices:
                if choice.value not in counts:
                    counts[choice.value] = await _count(request, question, choice.value)
    except (TimeoutError, QueryError, PolicyError):
        pass  # the answer itself is here; a choice without its number can still be made
    return [replace(choice, count=counts.get(choice.value)) for choice in choices]


def _choices(question: Question) -> Iterator[tuple[str, str]]:
    yield from _SWITCH.items()
    if question.sources not in _SWITCH:
        yield question.sources, question.sources


async def _count(request: Request, question: Question, sources: str) -> int | None:
    fields: dict[str, Sequence[str]] = {**question.values, "sources": (sources,)}
    asked = read_question(question.query, fields)
    return (await whole(request, asked.without("page"), rows.JSON, _MOST_BYTES)).count


async def _form_again(
    request: Request,
    shown: Mapping[str, Any],
    fields: Mapping[str, Sequence[str]],
    error: ParameterError,
) -> Response:
    """Show the form: as an error with the problems beside the fields, once it was filled in."""
    if not fields:
        return await layout.page(request, "query.html", **shown)
    response = await layout.page(request, "query.html", **{**shown, "problems": error.problems})
    response.status_code = 422
    return response
