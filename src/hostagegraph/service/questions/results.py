"""A question in, its answer out: kept or new, by pages and with who says so where that is asked."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, ParamSpec, TypeVar

from fastapi import Request, Response

from hostagegraph.errors import ResultTooLarge
from hostagegraph.row_counts import rows_in
from hostagegraph.service import rows
from hostagegraph.service.answers import (
    collect,
    content_type,
    data_headers,
    entity_tag,
    kept_headers,
    kept_response,
    respond,
    run,
)
from hostagegraph.service.edge.visits import visit
from hostagegraph.service.questions.question import Question
from hostagegraph.service.questions.said import explained
from hostagegraph.service.rows import Rows
from hostagegraph.service.serving import Serving, serving
from hostagegraph.store import SOLUTION_FORMATS, QueryRequest

P = ParamSpec("P")
T = TypeVar("T")

MOST_BYTES: Final = 16_000_000  # of an answer that is read here; larger ones are passed on
_SHORT: Final = 65_536  # so much is read faster than a thread is asked to
_MANY: Final = 2_000  # so many claims are written as fast


@dataclass(frozen=True, slots=True)
class Whole:
    """All bytes of an answer, its rows or triples, and whether another page follows."""

    body: bytes
    count: int | None = None
    more: bool = False


async def answer(request: Request, question: Question, media: str, ending: str = "") -> Response:
    """Answer a question in one format, as a stream where the answer is large.

    `ending` is that of the address at which it was asked, such as `.csv`.
    """
    here = serving(request)
    tag = entity_tag(here, media, question.key)
    headers = {**_headers(here, question), "ETag": tag}
    if (known := kept_response(request, here, tag, media, headers)) is not None:
        _lead_on(known, question, ending, more=here.kept.followed(tag))
        return known
    if question.shaped:
        found = await whole(request, question, media)
        count = {} if found.count is None else {"X-Row-Count": str(found.count)}
        headers |= {**kept_headers(hit=False), **count, "Content-Type": content_type(media)}
        response = Response(found.body, headers=headers)
        _lead_on(response, question, ending, more=found.more)
        return response
    text = await _text(here, question)
    got = await run(request, here.saved, QueryRequest(text, {question.query.kind: media}))
    if (body := got.whole) is not None:
        here.kept.put(tag, body, got.count)
    response = await respond(request, got, headers | kept_headers(hit=False))
    _lead_on(response, question, ending, more=False)
    return response


async def whole(request: Request, question: Question, media: str, most: int = MOST_BYTES) -> Whole:
    """Give all of an answer. Raises ResultTooLarge when it has more bytes than `most`."""
    here = serving(request)
    tag = entity_tag(here, media, question.key)
    if (body := here.kept.get(tag)) is not None:
        visit(request).kept = True
        return Whole(body, here.kept.count(tag), here.kept.followed(tag))
    text = await _text(here, question)
    asked = rows.JSON if question.shaped else media
    got = await run(request, here.saved, QueryRequest(text, {question.query.kind: asked}))
    told = await collect(got, most)
    if told is None:
        raise ResultTooLarge(
            f"the answer has more than {most} bytes; ask for pages of it, such as per_page=100"
        )
    found = Whole(told, got.count)
    if question.shaped:
        found = await _apart(len(told) > _SHORT, _shape, here, question, told, media)
    elif found.count is None and media in SOLUTION_FORMATS and question.query.kind == "solutions":
        found = Whole(told, await _apart(len(told) > _SHORT, rows_in, media, told))
    here.kept.put(tag, found.body, found.count, followed=found.more)
    return found


async def _text(here: Serving, question: Question) -> str:
    claims = here.published.passing(question.policies) if question.policies else None
    return await _apart(len(claims or ()) > _MANY, question.text, claims)


async def _apart(long: bool, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Do what takes long on a thread of its own, so that others are served."""
    return await asyncio.to_thread(work, *given, **named) if long else work(*given, **named)


def _shape(here: Serving, question: Question, body: bytes, media: str) -> Whole:
    """Cut the rows to the page and add who says so."""
    found = Rows.read(body)
    size = question.page.size if question.page else len(found.rows)
    more = len(found.rows) > size
    found = found.first(size)
    if question.explain:
        found = explained(found, question.query.claim, here.published.voices)
    return Whole(found.written(media), len(found.rows), more)


def _headers(here: Serving, question: Question) -> dict[str, str]:
    age = question.query.max_age
    headers = data_headers(here)
    headers["Cache-Control"] = f"public, max-age={age}" if age else "no-cache"
    if question.policies:
        headers["X-Source-Policy"] = question.sources
    return headers


def links(question: Question, ending: str, *, more: bool) -> Mapping[str, str]:
    """Lead from a page to the first, the one before and the next, as far as they are there."""
    if question.page is None:
        return {}
    number = question.page.number
    found = {"first": question.on_page(1).address(ending)}
    if number > 1:
        found["prev"] = question.on_page(number - 1).address(ending)
    if more:
        found["next"] = question.on_page(number + 1).address(ending)
    return found


def _lead_on(response: Response, question: Question, ending: str, *, more: bool) -> None:
    """Lead in the head to the other pages, and from no rows to the reasons why there are none."""
    found = dict(links(question, ending, more=more))
    if response.headers.get("X-Row-Count") == "0":
        found["help"] = question.without("page", "explain").address("/why")
    if found:
        response.headers["Link"] = ", ".join(f'<{at}>; rel="{rel}"' for rel, at in found.items())
