"""What a request needs: data, catalogue, pools and pages; and the answers kept for the next one."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

import jinja2
from fastapi import APIRouter, Request, Response

from hostagegraph.ceilings import Ceilings
from hostagegraph.queries import Catalogue
from hostagegraph.snapshot import Snapshot
from hostagegraph.workers import WorkerPool

_KEPT_BYTES: Final = 32 << 20
_KEPT_ONE: Final = 1 << 20


@dataclass(slots=True)
class Kept:
    """Small answers by their entity tag, the least used forgotten first."""

    room: int = _KEPT_BYTES
    size: int = 0
    answers: OrderedDict[str, bytes] = field(default_factory=OrderedDict)

    def get(self, tag: str) -> bytes | None:
        """Find an answer."""
        if tag in self.answers:
            self.answers.move_to_end(tag)
        return self.answers.get(tag)

    def put(self, tag: str, body: bytes) -> None:
        """Keep an answer, if it is small."""
        if len(body) > min(_KEPT_ONE, self.room) or tag in self.answers:
            return
        self.answers[tag] = body
        self.size += len(body)
        while self.size > self.room:
            _, dropped = self.answers.popitem(last=False)
            self.size -= len(dropped)


@dataclass(frozen=True, slots=True)
class Serving:
    """One snapshot in service."""

    snapshot: Snapshot
    catalogue: Catalogue
    adhoc: WorkerPool
    saved: WorkerPool
    ceilings: Ceilings
    pages: jinja2.Environment
    union: bool = True
    kept: Kept = field(default_factory=Kept)

    @property
    def base(self) -> str:
        """The base IRI of the data."""
        return self.snapshot.manifest.base


def serving(request: Request) -> Serving:
    """Find what this request needs."""
    found = request.app.state.serving
    assert isinstance(found, Serving)  # noqa: S101 - create_app put it there
    return found


Endpoint = Callable[..., Awaitable[Response]]


def reading(router: APIRouter, path: str, **about: Any) -> Callable[[Endpoint], Endpoint]:
    """Answer GET and HEAD at a path; the description of the interface names it once."""

    def register(endpoint: Endpoint) -> Endpoint:
        router.add_api_route(path, endpoint, methods=["GET"], **about)
        router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False)
        return endpoint

    return register
