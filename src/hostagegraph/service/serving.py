"""What a request needs: data, catalogue, pools and pages; and the answers kept for the next one."""

import asyncio
import inspect
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import jinja2
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from hostagegraph.ceilings import Ceilings
from hostagegraph.errors import QueryError, SnapshotError
from hostagegraph.queries import Catalogue
from hostagegraph.service.published import Published
from hostagegraph.service.repeatable import Repeatable
from hostagegraph.snapshot import Snapshot
from hostagegraph.store import QueryRequest
from hostagegraph.workers import WorkerPool

_KEPT_BYTES: Final = 32 << 20
_KEPT_ONE: Final = 1 << 20
_PROBE: Final = QueryRequest("ASK { ?s ?p ?o }", {"boolean": "text/csv"})


@dataclass(slots=True)
class Tally:
    """How often an answer was at hand, and how often not, over all snapshots."""

    hits: int = 0
    misses: int = 0


@dataclass(slots=True)
class Kept:
    """Small answers by their entity tag, the least used forgotten first."""

    room: int = _KEPT_BYTES
    size: int = 0
    answers: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    counts: dict[str, int | None] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    tally: Tally = field(default_factory=Tally)

    def get(self, tag: str) -> bytes | None:
        """Find an answer."""
        if tag not in self.answers:
            self.tally.misses += 1
            return None
        self.tally.hits += 1
        self.answers.move_to_end(tag)
        return self.answers[tag]

    def count(self, tag: str) -> int | None:
        """Give the rows or triples of an answer, where they were counted."""
        return self.counts.get(tag)

    def followed(self, tag: str) -> bool:
        """Tell whether an answer is a page behind which another follows."""
        return tag in self.pages

    def put(
        self, tag: str, body: bytes, count: int | None = None, *, followed: bool = False
    ) -> None:
        """Keep an answer, if it is small."""
        if len(body) > min(_KEPT_ONE, self.room) or tag in self.answers:
            return
        self.answers[tag], self.counts[tag] = body, count
        if followed:
            self.pages.add(tag)
        self.size += len(body)
        while self.size > self.room:
            oldest, dropped = self.answers.popitem(last=False)
            del self.counts[oldest]
            self.pages.discard(oldest)
            self.size -= len(dropped)


@dataclass(frozen=True, slots=True)
class Serving:
    """One snapshot in service; `public_address` is empty where none is set."""

    snapshot: Snapshot
    catalogue: Catalogue
    adhoc: WorkerPool
    saved: WorkerPool
    ceilings: Ceilings
    pages: jinja2.Environment
    union: bool = True
    public_address: str = ""
    kept: Kept = field(default_factory=Kept)
    published: Published = field(default_factory=Published)
    repeatable: Repeatable = field(default_factory=Repeatable)

    @property
    def base(self) -> str:
        """The base IRI of the data."""
        return self.snapshot.manifest.base

    @property
    def pools(self) -> tuple[WorkerPool, WorkerPool]:
        """The two pools."""
        return self.saved, self.adhoc

    async def start(self) -> None:
        """Read what goes with the data, start both pools and read from the store once.

        Raises SnapshotError when that fails.
        """
        await asyncio.to_thread(self.published.read, self.snapshot)
        try:
            for pool in self.pools:
                await pool.start()
            async with await self.saved.run(_PROBE):
                pass
        except QueryError as error:
            await self.close()
            raise SnapshotError(f"the store does not answer: {error}") from error
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """End the workers."""
        for pool in self.pools:
            await pool.close()


def serving(request: Request) -> Serving:
    """Find the snapshot that this request began with."""
    found = request.scope["visit"].serving
    assert isinstance(found, Serving)  # noqa: S101 - Visits put it there
    return found


Endpoint = Callable[..., Awaitable[Response]]


class PlainRoute(APIRoute):
    """A route whose parts of the path are plain text: nothing else is read for its function."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Call the function with what it asks for, without the work that a form would need."""
        function: Endpoint = self.endpoint
        wants_request = "request" in inspect.signature(function).parameters

        async def handle(request: Request) -> Response:
            given: dict[str, Any] = {"request": request} if wants_request else {}
            return await function(**given, **request.path_params)

        return handle


def reading(
    router: APIRouter, path: str, offers: Iterable[str] = (), **about: Any
) -> Callable[[Endpoint], Endpoint]:
    """Answer GET and HEAD at a path; the description of the interface names it once.

    `offers` are the media types of a good answer, where they are known beforehand.
    """
    if offers:
        about["responses"] = {200: {"content": {media: {} for media in offers}}}

    def register(endpoint: Endpoint) -> Endpoint:
        router.add_api_route(path, endpoint, methods=["GET"], **about)
        router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False)
        return endpoint

    return register
