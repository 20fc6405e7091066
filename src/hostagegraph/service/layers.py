"""What stands between the server and the application: plain layers, each for one thing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from fastapi import Request, Response
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from hostagegraph.service.answers import EXPOSED
from hostagegraph.service.edge.hosts import TrustedHosts
from hostagegraph.service.edge.logs import Journal
from hostagegraph.service.edge.metrics import Metrics
from hostagegraph.service.edge.rates import Rates
from hostagegraph.service.edge.repeats import Repeats
from hostagegraph.service.edge.swap import InService
from hostagegraph.service.edge.visits import Visits
from hostagegraph.service.public_address import host_of

# The editor sets attributes of style while it is typed in; no script can come that way.
CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'{nonce}; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_PLAIN: Final = (b"content-security-policy", CSP.format(nonce="").encode())
_EXPOSED: Final = (*EXPOSED, "X-Request-Id", "Retry-After", "RateLimit", "RateLimit-Policy")
_ACCEPTED: Final = ("Accept", "Content-Type", "If-None-Match", "X-Request-Id")


@dataclass(frozen=True, slots=True)
class Edge:
    """How the service meets the outside.

    `hosts` are the names it may be called by (`*`: any), `cors` the origins whose scripts may read
    answers, `forwarded_from` the proxies whose X-Forwarded-For is believed; `public_address` is
    where readers reach it, whose name is one of its own.
    """

    hosts: Sequence[str] = ()
    cors: Sequence[str] = ("*",)
    forwarded_from: Sequence[str] = ()
    public_address: str = ""
    rate: str = ""
    tokens: Path | None = None
    journal: Journal | None = None


class AnswerHeaders:
    """Say the same on every answer, such as what a browser may do with it."""

    def __init__(self, app: ASGIApp, headers: Sequence[tuple[bytes, bytes]]) -> None:
        self.app, self._headers = app, tuple(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers where an answer begins."""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        await self.app(scope, receive, send_on if scope["type"] == "http" else send)


class BrowserHeaders:
    """Say on every answer what a browser may do with it; a page has a nonce of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers where an answer begins."""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = _with_nonce(scope["nonce"]) if "nonce" in scope else _PLAIN
                message["headers"] = [*message["headers"], *_HEADERS, policy]
            await send(message)

        await self._app(scope, receive, send_on if scope["type"] == "http" else send)


class OpenToAll:
    """Let scripts of every origin read answers, by headers that never vary.

    Only a browser's question beforehand needs an answer of its own.
    """

    def __init__(self, app: ASGIApp, asked_before: ASGIApp) -> None:
        headers = (
            (b"access-control-allow-origin", b"*"),
            (b"access-control-expose-headers", ", ".join(_EXPOSED).encode()),
        )
        self._app, self._asked_before = AnswerHeaders(app, headers), asked_before

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the question be answered."""
        app = self._asked_before if self._is_question(scope) else self._app
        await app(scope, receive, send)

    def _is_question(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] == "OPTIONS"
            and any(key == b"access-control-request-method" for key, _ in scope["headers"])
        )


def _with_nonce(nonce: str) -> tuple[bytes, bytes]:
    """Allow the styles of scripts that know the word of this one page."""
    return b"content-security-policy", CSP.format(nonce=f" 'nonce-{nonce}'").encode()


def surround(
    edge: Edge, in_service: InService, metrics: Metrics, refuse: Callable[[Request], Response]
) -> Callable[[ASGIApp], ASGIApp]:
    """Make the layers for an application. Raises SettingsError when a rate cannot be read."""
    rates = Rates(edge.rate, edge.tokens)
    accepted = (*_ACCEPTED, "Authorization") if rates.known else _ACCEPTED

    def layers(app: ASGIApp) -> ASGIApp:
        if edge.cors:
            shared = CORSMiddleware(
                app,
                allow_origins=edge.cors,
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=accepted,
                expose_headers=_EXPOSED,
            )
            app = OpenToAll(app, shared) if "*" in edge.cors else shared
        app = TrustedHosts(app, (*edge.hosts, host_of(edge.public_address)), refuse)
        app = Repeats(BrowserHeaders(app))
        app = Visits(app, in_service, rates, metrics, edge.journal)
        if edge.forwarded_from:
            app = cast(ASGIApp, ProxyHeadersMiddleware(cast(Any, app), list(edge.forwarded_from)))
        return app

    return layers
