"""A snapshot and a catalogue in, the HTTP application out."""

import asyncio
import logging
import signal
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp

from hostagegraph import __version__
from hostagegraph.ceilings import Ceilings
from hostagegraph.errors import HostagegraphError, QuerySyntaxError, QueryTimeout, QueryTooComplex
from hostagegraph.queries import Catalogue
from hostagegraph.service.answers import ClientGone
from hostagegraph.service.edge.metrics import Metrics
from hostagegraph.service.edge.swap import InService, Make, Publication
from hostagegraph.service.edge.visits import visit
from hostagegraph.service.layers import Edge, surround
from hostagegraph.service.negotiation import PROBLEM, accepted, wants_page
from hostagegraph.service.pages import (
    about,
    assets,
    disputes,
    home,
    layout,
    ledger,
    network,
    search,
    workbench,
)
from hostagegraph.service.problems import (
    DOCUMENTED,
    BadRequest,
    MethodRefused,
    Misdirected,
    NotFound,
    problem_of,
    shape_of,
)
from hostagegraph.service.protocol import data, description, health, sparql
from hostagegraph.service.protocol import saved as saved_queries
from hostagegraph.service.public_address import public_address_of
from hostagegraph.service.questions import badges, citations, emptiness, feeds
from hostagegraph.service.questions.interface import described
from hostagegraph.service.questions.past import Past
from hostagegraph.service.serving import Kept, Serving, Tally, serving
from hostagegraph.service.text import hints
from hostagegraph.snapshot import Snapshot
from hostagegraph.workers import Limits, WorkerPool

log = logging.getLogger(__name__)

_DESCRIPTION: Final = (
    "Claims about contested negotiations, each with the chain of voices through which it reached "
    "print. Reported, not established."
)
ADHOC: Final = Limits()
SAVED: Final = Limits(workers=2, most=4, deadline=30.0)
CEILINGS: Final = Ceilings()
EDGE: Final = Edge()
_CLIENT_LEFT: Final = 499
_ROOMS: Final = (
    *(workbench, sparql, home, search, assets),
    *(ledger, disputes, network, about),
    *(badges, citations, emptiness, feeds, saved_queries),
    *(data, description, health),
)


class Service(FastAPI):
    """The application with its layers, which see its faults too."""

    layers: Callable[[ASGIApp], ASGIApp]
    told: tuple[Catalogue, dict[str, Any]] | None = None  # the interface, with which queries

    def openapi(self) -> dict[str, Any]:
        """Describe the interface with the saved queries that are in service now."""
        in_service: InService = self.state.in_service
        catalogue = in_service.serving.catalogue
        if self.told is None or self.told[0] is not catalogue:
            self.told = catalogue, described(super().openapi(), catalogue)
        return self.told[1]

    def build_middleware_stack(self) -> ASGIApp:
        """Put the layers around everything, the handler of faults included."""
        return self.layers(super().build_middleware_stack())


def create_app(  # noqa: PLR0913 - the two pools and the ceilings are settings of their own
    snapshot: Snapshot,
    catalogue: Catalogue,
    adhoc: Limits = ADHOC,
    saved: Limits = SAVED,
    ceilings: Ceilings = CEILINGS,
    *,
    union: bool = True,
    edge: Edge = EDGE,
    publication: Publication | None = None,
    contact: str = "",
) -> FastAPI:
    """Make the service, first for this snapshot, then for those that follow in a publication.

    Workers live as long as the application runs. `contact` is where objections go: a mail or web
    address. Raises SettingsError.
    """
    address = public_address_of(edge.public_address)
    make = _maker(adhoc, saved, ceilings, union=union, address=address)
    in_service = InService(make(snapshot, catalogue), make, publication)
    metrics = Metrics(in_service)
    app = Service(
        title="hostagegraph",
        version=__version__,
        description=_DESCRIPTION,
        servers=[{"url": address}] if address else None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(in_service),
    )
    app.state.in_service = in_service
    app.state.metrics = metrics
    app.state.past = Past()
    app.state.contact = about.contact_of(contact)
    for room in _ROOMS:
        app.include_router(room.router, responses=dict(DOCUMENTED), default_response_class=Response)
    _tell_errors(app)
    app.layers = surround(edge, in_service, metrics, _misdirected)
    return app


def _maker(adhoc: Limits, saved: Limits, ceilings: Ceilings, *, union: bool, address: str) -> Make:
    """Say how a snapshot is served; what is counted goes on from one to the next."""
    endings: dict[str, Counter[str]] = {"ad-hoc": Counter(), "saved": Counter()}
    tally, templates = Tally(), layout.environment()

    def make(snapshot: Snapshot, catalogue: Catalogue) -> Serving:
        prefixes = hints.prefixes(snapshot.manifest.base)

        def pool(limits: Limits, name: str) -> WorkerPool:
            return WorkerPool(snapshot.store, limits, prefixes, name, endings[name])

        return Serving(
            snapshot,
            catalogue,
            pool(adhoc, "ad-hoc"),
            pool(saved, "saved"),
            ceilings,
            templates,
            union,
            address,
            Kept(tally=tally),
        )

    return make


def _lifespan(in_service: InService) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await in_service.start()
        health.log_start(log, in_service.serving)
        if missing := assets.tags("src/app.ts").missing:
            log.warning(missing)
        following = asyncio.create_task(in_service.follow())
        try:
            with _hang_up(in_service):
                yield
        finally:
            following.cancel()
            await asyncio.wait([following])
            await in_service.close()

    return lifespan


@contextmanager
def _hang_up(in_service: InService) -> Iterator[None]:
    """Look for a new snapshot at once when the process is sent SIGHUP."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only there can signals be taken
        return
    loop = asyncio.get_running_loop()
    looks: set[asyncio.Task[None]] = set()

    def look() -> None:
        task = loop.create_task(in_service.look(again=True))
        looks.add(task)
        task.add_done_callback(looks.discard)

    loop.add_signal_handler(signal.SIGHUP, look)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)


def _tell_errors(app: FastAPI) -> None:
    """Let every failure be told in the one shape."""

    @app.exception_handler(HostagegraphError)
    async def _(request: Request, error: HostagegraphError) -> Response:
        return tell(request, error)

    @app.exception_handler(HTTPException)
    async def _(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:  # noqa: PLR2004 - its name in HTTP
            allowed = ", ".join(_methods_at(request.url.path))
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={"Allow": allowed})
            response = tell(request, MethodRefused(f"this address knows {allowed}"))
            response.headers["Allow"] = allowed
            return response
        return _without_slash(request) or tell(request, NotFound("nothing stands at this address"))

    @app.exception_handler(RequestValidationError)
    async def _(request: Request, _: RequestValidationError) -> Response:
        return tell(request, BadRequest("the address is not understood"))

    @app.exception_handler(ClientGone)
    async def _(request: Request, _: ClientGone) -> Response:
        visit(request).told = "client gone"
        return Response(status_code=_CLIENT_LEFT)

    @app.exception_handler(Exception)
    async def _(request: Request, _: Exception) -> Response:
        return tell(request, HostagegraphError("the service failed"))


def _misdirected(request: Request) -> Response:
    """Refuse a request for another name, without a word of that name."""
    return tell(
        request, Misdirected("call the service by its own name; the setting allowed_hosts lists it")
    )


def _without_slash(request: Request) -> Response | None:
    """Lead from an address with a slash too many to the one that exists, naming no host."""
    path = request.url.path.rstrip("/")
    if len(_methods_at(path)) == 1 or request.url.path == path:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=308, headers={"Location": f"{path}{query}"})


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
    _note(request, error)
    if problem.status >= 500:  # noqa: PLR2004 - where faults of the server begin
        log.warning("%s: %s", type(error).__name__, error)
    if wants_page(accepted(request)):
        return layout.problem_page(request, problem)
    return Response(problem.body(), problem.status, dict(problem.headers), PROBLEM)


def _note(request: Request, error: HostagegraphError) -> None:
    """Say in the account of a request how it failed."""
    here = visit(request)
    if isinstance(error, QueryTimeout):
        here.told = "deadline"
    elif here.pool and isinstance(error, QueryTooComplex):
        here.told = "died"
    else:
        here.told = f"refused: {shape_of(error).name}"
