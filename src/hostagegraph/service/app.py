"""A snapshot and a catalogue in, the HTTP application out."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hostagegraph import __version__
from hostagegraph.ceilings import Ceilings
from hostagegraph.errors import HostagegraphError, QuerySyntaxError
from hostagegraph.queries import Catalogue
from hostagegraph.service import data, health, hints, home, pages, sparql
from hostagegraph.service import saved as saved_queries
from hostagegraph.service.answers import ClientGone
from hostagegraph.service.negotiation import PROBLEM, wants_page
from hostagegraph.service.problems import BadRequest, MethodRefused, NotFound, problem_of
from hostagegraph.service.serving import Serving, serving
from hostagegraph.snapshot import Snapshot
from hostagegraph.workers import Limits, WorkerPool

log = logging.getLogger(__name__)

CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DESCRIPTION: Final = (
    "Claims about contested negotiations, each with the chain of voices through which it reached "
    "print. Reported, not established."
)
ADHOC: Final = Limits()
SAVED: Final = Limits(workers=2, most=4, deadline=30.0)
CEILINGS: Final = Ceilings()
_CLIENT_LEFT: Final = 499
_ROOMS: Final = (home, sparql, saved_queries, data, health)


class SecurityHeaders:
    """Say on every answer what a browser may do with it; streamed bodies pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers where an answer begins."""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Content-Security-Policy"] = CSP
            await send(message)

        await self.app(scope, receive, send_on if scope["type"] == "http" else send)


def create_app(  # noqa: PLR0913 - the two pools and the ceilings are settings of their own
    snapshot: Snapshot,
    catalogue: Catalogue,
    adhoc: Limits = ADHOC,
    saved: Limits = SAVED,
    ceilings: Ceilings = CEILINGS,
    *,
    union: bool = True,
) -> FastAPI:
    """Make the service for one snapshot; its workers live as long as the application runs."""
    prefixes = hints.prefixes(snapshot.manifest.base)
    here = Serving(
        snapshot,
        catalogue,
        WorkerPool(snapshot.store, adhoc, prefixes, "ad-hoc"),
        WorkerPool(snapshot.store, saved, prefixes, "saved"),
        ceilings,
        pages.environment(),
        union,
    )
    app = FastAPI(
        title="hostagegraph",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(here),
    )
    app.state.serving = here
    for room in _ROOMS:
        app.include_router(room.router)
    _tell_errors(app)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type", "If-None-Match"],
        expose_headers=["ETag", "X-Data-Version", "X-Query-Hint", "Retry-After"],
    )
    app.add_middleware(SecurityHeaders)
    return app


def _lifespan(here: Serving) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await here.saved.start()
        try:
            await here.adhoc.start()
            yield
        finally:
            await here.adhoc.close()
            await here.saved.close()

    return lifespan


def _tell_errors(app: FastAPI) -> None:
    """Let every failure be told in the one shape."""

    @app.exception_handler(HostagegraphError)
    async def _(request: Request, error: HostagegraphError) -> Response:
        return tell(request, error)

    @app.exception_handler(HTTPException)
    async def _(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:  # noqa: PLR2004 - its name in HTTP
            allowed = ", ".join(_methods_at(request.url.path))
            response = tell(request, MethodRefused(f"this address knows {allowed}"))
            response.headers["Allow"] = allowed
            return response
        return tell(request, NotFound("nothing stands at this address"))

    @app.exception_handler(RequestValidationError)
    async def _(request: Request, _: RequestValidationError) -> Response:
        return tell(request, BadRequest("the address is not understood"))

    @app.exception_handler(ClientGone)
    async def _(_request: Request, _: ClientGone) -> Response:
        return Response(status_code=_CLIENT_LEFT)

    @app.exception_handler(Exception)
    async def _(request: Request, _: Exception) -> Response:
        return tell(request, HostagegraphError("the service failed"))


def _methods_at(path: str) -> list[str]:
    """List the methods that an address knows."""
    known = {"OPTIONS"}
    for route in (route for room in _ROOMS for route in room.router.routes):
        if isinstance(route, Route) and route.path_regex.match(path):
            known |= route.methods or set()
    return sorted(known)


def tell(request: Request, error: HostagegraphError) -> Response:
    """Tell a failure as a problem document, or as a page to a browser."""
    base = serving(request).base
    text = getattr(request.state, "query", "")
    hint = hints.advise(text, base) if text else ""
    if isinstance(error, QuerySyntaxError) and text:
        error = hints.explain(error, text, base)
    problem = problem_of(error, base, text, hint)
    if problem.status >= 500:  # noqa: PLR2004 - where faults of the server begin
        log.warning("%s: %s", type(error).__name__, error)
    if wants_page(request.headers.get("accept")):
        return pages.problem_page(request, problem)
    return Response(problem.body(), problem.status, dict(problem.headers), PROBLEM)
