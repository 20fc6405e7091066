"""One request from first byte to last: its name, who asks, its data, and what came of it."""

import hashlib
import re
import secrets
import time
from dataclasses import dataclass
from itertools import count
from typing import Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hostagegraph.service.edge.logs import REQUEST, Journal
from hostagegraph.service.edge.metrics import Metrics
from hostagegraph.service.edge.rates import Rates
from hostagegraph.service.edge.swap import InService
from hostagegraph.service.serving import Serving

_NAME: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_DIGITS: Final = 16
_OTHER: Final = "other"  # addresses that nothing stands at share one name
_NOT_MODIFIED: Final = 304


@dataclass(slots=True)
class Visit:
    """What is known of one request; `told` is the failure it was told of, if any.

    `repeats` is set where the same request gets the same answer as long as the data are the same.
    """

    name: str
    scope: Scope
    serving: Serving
    rates: Rates
    pool: str = ""
    query: str = ""
    told: str = ""
    kept: bool = False
    repeats: bool = False
    status: int = 0
    size: int = 0
    whole: bool = False
    gone: bool = False

    def takes_worker(self, pool: str, text: str) -> str:
        """Note that a worker is needed for a query, and say for whom.

        Raises RateLimited when that one has asked too often, and UnknownToken.
        """
        client = self.scope.get("client")
        owner = self.rates.owner(client[0] if client else "", self.scope["headers"])
        if not self.pool:  # a page that needs several queries is one request
            self.rates.count(owner)
        self.pool = pool
        self.query = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
        return owner.name

    @property
    def route(self) -> str:
        """The template of the address: there are few of them."""
        return getattr(self.scope.get("route"), "path", _OTHER)

    @property
    def outcome(self) -> str:
        """Say in a word or two what came of the request."""
        if not self.whole:
            return "client gone" if self.gone else "unfinished"
        if self.told:
            return self.told
        if self.status == _NOT_MODIFIED:
            return "not modified"
        return "cached" if self.kept else "ok"


def visit(request: Request) -> Visit:
    """Find what is known of a request."""
    found = request.scope["visit"]
    assert isinstance(found, Visit)  # noqa: S101 - Visits put it there
    return found


class Visits:
    """Pin the snapshot of each request, name it, and account for it when it has ended."""

    def __init__(
        self,
        app: ASGIApp,
        in_service: InService,
        rates: Rates,
        metrics: Metrics,
        journal: Journal | None,
    ) -> None:
        self.app, self._in_service, self._rates = app, in_service, rates
        self._metrics, self._journal = metrics, journal
        self._names = count(1)
        self._prefix = secrets.token_hex(4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, and watch."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        shift = self._in_service.begin()
        visit = Visit(self._name(scope), scope, shift.serving, self._rates)
        scope["visit"] = visit
        token = REQUEST.set(visit.name)
        name = (b"x-request-id", visit.name.encode())

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                visit.status = message["status"]
                message["headers"] = [*message["headers"], name]
            else:
                visit.size += len(message.get("body", b""))
                visit.whole = not message.get("more_body", False)
            await send(message)

        async def listen() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect":
                visit.gone = True
            return message

        try:
            await self.app(scope, listen, watch)
        finally:
            REQUEST.reset(token)
            self._in_service.end(shift)
            self._account(visit, time.perf_counter() - began)

    def _name(self, scope: Scope) -> str:
        """Take the name that the client gives, if it is a plain one."""
        for key, value in scope["headers"]:
            if key == b"x-request-id" and _NAME.fullmatch(value):
                return str(value, "ascii")
        return f"{self._prefix}-{next(self._names):x}"

    def _account(self, visit: Visit, seconds: float) -> None:
        self._metrics.answered(visit.route, visit.status, visit.pool, seconds)
        if self._journal is not None:
            client = visit.scope.get("client")
            self._journal.write(
                client[0] if client else "",
                {
                    "request": visit.name,
                    "method": visit.scope["method"][:_DIGITS],
                    "route": visit.route,
                    "status": visit.status,
                    "bytes": 0 if visit.scope["method"] == "HEAD" else visit.size,
                    "ms": round(seconds * 1000, 2),
                    "pool": visit.pool,
                    "query": visit.query,
                    "outcome": visit.outcome,
                    "data": visit.serving.snapshot.name,
                },
            )
