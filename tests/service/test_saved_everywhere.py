"""One question, one answer: by address, by the command line and in process."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph import build
from hostagegraph.cli import main
from hostagegraph.parameters import short
from hostagegraph.queries import Catalogue, SavedQuery
from hostagegraph.service.app import create_app
from hostagegraph.service.rows import Rows
from hostagegraph.store import open_store
from hostagegraph.workers import Limits
from tests.projects import BASE, ROOT, sample_project
from tests.service.conftest import Service, running
from tests.test_queries_folder import ASKED


def values_for(query: SavedQuery, real: bool) -> dict[str, str]:
    """Give values for what is needed: those that the sample knows, or the working examples."""
    known = {} if real else ASKED.get(query.name, {})
    return {
        param.name: known.get(param.name, param.example[0])
        for param in query.params
        if param.name in known or not (param.droppable or param.default)
    }


def by_address(service: Service, query: SavedQuery, values: dict[str, str], ending: str) -> str:
    answer = service.client.get(f"/queries/{query.name}.{ending}", params=values)
    assert answer.status_code == 200, answer.text
    return answer.text


def compare(service: Service, *, real: bool) -> int:
    """Compare what each address answers with what the query finds; give the number of rows."""
    store = open_store(service.serving.snapshot.store)
    seen = 0
    for query in service.serving.catalogue.queries:
        values = values_for(query, real)
        own = query.rows(store, {name: [value] for name, value in values.items()})
        seen += len(own)
        if query.kind == "graph":
            told = set(by_address(service, query, values, "nt").splitlines())
            assert len(told) == len({tuple(row.values()) for row in own})
            continue
        rows = cells(by_address(service, query, values, "csv"))
        json = Rows.read(by_address(service, query, values, "json").encode())
        plain = [[row.get(v, {}).get("value", "") for v in json.variables] for row in json.rows]
        assert rows == [list(json.variables), *plain], query.name
        shown = [[shortened(cell, query.base) for cell in row] for row in rows[1:]]
        assert shown == [list(row.values()) for row in own], query.name
    return seen


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def shortened(cell: str, base: str) -> str:
    """Write an IRI of the data as tests do."""
    return cell if not cell.startswith(base) or " " in cell else short(ox.NamedNode(cell), base)


def printed(
    root: Path,
    service: Service,
    queries: Iterable[SavedQuery],
    capfd: pytest.CaptureFixture[str],
    *,
    real: bool,
) -> None:
    """Compare what the command prints with what the address answers, byte for byte."""
    for query in queries:
        values = values_for(query, real)
        ending = "nt" if query.kind == "graph" else "csv"
        words = [f"--{name.replace('_', '-')}={value}" for name, value in values.items()]
        assert main(["--root", str(root), "query", query.name, *words, "--format", ending]) == 0
        told = by_address(service, query, values, ending)
        assert lines(capfd.readouterr().out) == lines(told), query.name


def lines(text: str) -> list[str]:
    return sorted(text.replace("\r\n", "\n").splitlines())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Service]]:
    root = sample_project(tmp_path_factory.mktemp("everywhere"))
    yield from served(root)


def served(root: Path) -> Iterator[tuple[Path, Service]]:
    built = build.build(build.Project(root), root / "snapshots")
    catalogue = Catalogue.load(root / "queries", BASE)
    app = create_app(built.snapshot, catalogue, saved=Limits(workers=1, most=1))
    for service in running(app):
        yield root, service


Sample = tuple[Path, Service]


def test_every_address_answers_as_its_query_does(sample: Sample) -> None:
    assert compare(sample[1], real=False) > 100


def test_the_command_prints_what_the_address_answers(
    sample: Sample, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each command reads all queries anew, so that a few stand for all."""
    root, service = sample
    names = ("statements-by-anonymous-officials", "allegations-against", "record-of-a-claim")
    printed(root, service, map(service.serving.catalogue.get, names), capfd, real=False)


@pytest.mark.slow
def test_every_command_prints_what_the_address_answers(
    sample: Sample, capfd: pytest.CaptureFixture[str]
) -> None:
    root, service = sample
    printed(root, service, service.serving.catalogue.queries, capfd, real=False)


@pytest.mark.slow
def test_every_query_answers_alike_on_the_real_data(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("ontology", "shapes", "queries", "data"):
        (tmp_path / name).symlink_to(ROOT / name)
    for root, service in served(tmp_path):
        assert compare(service, real=True) > 500
        printed(root, service, service.serving.catalogue.queries[::5], capfd, real=True)
