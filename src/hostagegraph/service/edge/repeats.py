"""A request that was answered before in, the same answer out, before any other work is done.

An answer that says so (`Visit.repeats`) depends on nothing but the data and those parts of the
request that make its key. It is kept as it went out, whatever layer wrote its headers, with the
snapshot it was made from: no other snapshot knows it. Failures are never kept.
"""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hostagegraph.service.edge.visits import Visit
from hostagegraph.service.repeatable import Key, Sent

# What else an answer may depend on; Host and Origin because the layers below look at them.
_READ: Final = frozenset({b"accept", b"host", b"if-none-match", b"origin"})
_REPEATED: Final = frozenset({200, 304})


class Repeats:
    """Answer from what was sent before, or let the application answer and watch it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request to read; pass on all others."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        visit: Visit = scope["visit"]
        key = _key(scope)
        sent = visit.serving.repeatable.get(key)
        if sent is None:
            await self._app(scope, receive, _Watch(visit, key, send))
            return
        scope["route"] = sent.route
        if sent.status != 304:  # noqa: PLR2004 - its name in HTTP
            visit.kept = True
            visit.serving.kept.tally.hits += 1
        await send({"type": "http.response.start", "status": sent.status, "headers": sent.headers})
        await send({"type": "http.response.body", "body": sent.body})


class _Watch:
    """Pass an answer on, and keep it once all of it has gone."""

    def __init__(self, visit: Visit, key: Key, send: Send) -> None:
        self._visit, self._key, self._send = visit, key, send
        self._start: Message = {}

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = {**message, "headers": tuple(message["headers"])}
        await self._send(message)
        if self._visit.repeats and message["type"] == "http.response.body":
            self._keep(message)

    def _keep(self, message: Message) -> None:
        visit, status = self._visit, self._start["status"]
        visit.repeats = False  # an answer in pieces is not kept
        if status in _REPEATED and not message.get("more_body", False):
            sent = Sent(
                status, self._start["headers"], message.get("body", b""), visit.scope.get("route")
            )
            visit.serving.repeatable.put(self._key, sent)


def _key(scope: Scope) -> Key:
    read = [header for header in scope["headers"] if header[0] in _READ]
    return (scope["method"], scope["raw_path"], scope["query_string"], *read)
