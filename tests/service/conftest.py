"""The service itself, on a loopback port, over the invented data."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from hostagegraph import build
from hostagegraph.queries import Catalogue
from hostagegraph.service import server as protocol
from hostagegraph.service.app import create_app
from hostagegraph.service.pages.assets import tags
from hostagegraph.service.serving import Serving
from hostagegraph.workers import Limits
from tests.projects import ROOT, sample_project
from tests.service.world import catalogue_in, snapshot_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.service.browsing import Open


@dataclass(frozen=True)
class Service:
    """A running service and a client for it."""

    app: FastAPI
    url: str
    client: httpx.Client

    @property
    def serving(self) -> Serving:
        found = self.app.state.in_service.serving
        assert isinstance(found, Serving)
        return found

    @property
    def pids(self) -> frozenset[int]:
        return self.serving.adhoc.pids | self.serving.saved.pids

    def sparql(self, query: str, accept: str | None = None) -> httpx.Response:
        headers = {"Accept": accept} if accept else {}
        return self.client.get("/sparql", params={"query": query}, headers=headers)


def running(app: FastAPI) -> Iterator[Service]:
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=0,
        loop=protocol.LOOP,
        http=protocol.Protocol,
        log_level="warning",
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        began = time.monotonic()
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() - began < 30
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=url, timeout=60) as client:
            yield Service(app, url, client)
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve with limits as they are by default, save for a short deadline."""
    folder = tmp_path_factory.mktemp("service")
    app = create_app(
        snapshot_in(folder / "snapshots"),
        catalogue_in(folder / "queries"),
        adhoc=Limits(deadline=2, result=2_000_000),
        saved=Limits(workers=1, most=1, deadline=30),
    )
    yield from running(app)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve with one worker and one place in the queue."""
    folder: Path = tmp_path_factory.mktemp("small")
    app = create_app(
        snapshot_in(folder / "snapshots"),
        catalogue_in(folder / "queries"),
        adhoc=Limits(workers=1, most=1, deadline=3, queue=1),
        saved=Limits(workers=1, most=1),
        union=False,
    )
    yield from running(app)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve the invented sample as a reader would find it: built from its records."""
    root = sample_project(tmp_path_factory.mktemp("site"))
    built = build.build(build.Project(root), root / "snapshots")
    yield from running(create_app(built.snapshot, Catalogue.load(root / "queries")))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Publish and serve the data of the project."""
    built = build.build(build.Project(ROOT), tmp_path_factory.mktemp("real") / "snapshots")
    yield from running(create_app(built.snapshot, Catalogue.load(ROOT / "queries")))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Open a browser for one module alone: its driver keeps an event loop in this thread."""
    from tests.service.browsing import ADVICE, installed, opened  # noqa: PLC0415 - slow to import

    found = installed()
    if not found:
        if os.environ.get("HOSTAGEGRAPH_REQUIRE_BROWSER"):
            pytest.fail(ADVICE)
        pytest.skip(ADVICE)
    if missing := tags("src/app.ts").missing:
        pytest.fail(missing)
    with opened(found) as browser:
        yield browser


@pytest.fixture
def open_page(browser: "Browser", site: Service) -> Iterator["Open"]:
    """Open pages of the sample; any complaint and any request to another host fails the test."""
    from tests.service.browsing import watched  # noqa: PLC0415 - slow to import

    with watched(browser, site.url) as start:
        yield start


@pytest.fixture
def open_real(browser: "Browser", real: Service) -> Iterator["Open"]:
    """Open pages of the data of the project, under the same watch."""
    from tests.service.browsing import watched  # noqa: PLC0415 - slow to import

    with watched(browser, real.url) as start:
        yield start


@pytest.fixture(scope="module")
def _shared(browser: "Browser", real: Service) -> Iterator[tuple["Page", list[str]]]:
    from tests.service.browsing import watched  # noqa: PLC0415 - slow to import

    problems: list[str] = []
    with watched(browser, real.url, problems) as start:
        yield start("/queries"), problems


@pytest.fixture
def page(_shared: tuple["Page", list[str]]) -> Iterator["Page"]:
    """Give one page to all tests of a module that read the data of the project, each watched."""
    from tests.service.browsing import seen  # noqa: PLC0415 - slow to import

    page, problems = _shared
    page.set_viewport_size({"width": 1200, "height": 800})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield page
    seen(problems)
