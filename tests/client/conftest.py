"""Services for clients: the invented sample with one query more, and the real data."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hostagegraph import build
from hostagegraph.client import Graph
from hostagegraph.queries import Catalogue
from hostagegraph.service.app import create_app
from hostagegraph.snapshot import current
from hostagegraph.workers import Limits
from tests.projects import ROOT, sample_project
from tests.service.conftest import Service, running

PAGED = """#+ summary: All agents, two on a page
#+ pagination: 2
BASE <https://w3id.org/hostagegraph/>
SELECT ?agent WHERE { ?agent a <ns#Agent> } ORDER BY ?agent
"""


@dataclass(frozen=True)
class Real:
    """The real data: the folder of the project and the address of its service."""

    root: Path
    url: str


@pytest.fixture(scope="session")
def gazette(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve the invented sample; an ad-hoc result is cut at a megabyte."""
    root = sample_project(tmp_path_factory.mktemp("gazette"))
    built = build.build(build.Project(root), root / "snapshots")
    queries = shutil.copytree(ROOT / "queries", root / "more")
    (queries / "paged.rq").write_text(PAGED)
    adhoc = Limits(result=1_000_000)
    yield from running(create_app(built.snapshot, Catalogue.load(queries), adhoc=adhoc))


@pytest.fixture
def graph(gazette: Service) -> Iterator[Graph]:
    with Graph(gazette.url) as graph:
        yield graph


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    """Publish and serve the real data."""
    root = tmp_path_factory.mktemp("real")
    for name in ("data", "ontology", "shapes", "queries"):
        (root / name).symlink_to(ROOT / name)
    build.build(build.Project(root), root / "snapshots")
    app = create_app(current(root / "snapshots"), Catalogue.load(root / "queries"))
    for service in running(app):
        yield Real(root, service.url)
