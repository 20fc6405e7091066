"""Every saved query gives the same rows by its address, on the command line and to the client."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from hostagegraph.cli import main
from hostagegraph.client import Graph
from hostagegraph.client.cells import Value
from hostagegraph.queries import Catalogue
from hostagegraph.saved_query import SavedQuery
from tests.client.conftest import Real
from tests.projects import ROOT

pytestmark = pytest.mark.slow  # publishes the real data

CATALOGUE = Catalogue.load(ROOT / "queries")
TABLES = [query for query in CATALOGUE.queries if query.kind == "solutions"]
GRAPHS = [query for query in CATALOGUE.queries if query.kind == "graph"]


@pytest.fixture(scope="module")
def graph(real: Real) -> Iterator[Graph]:
    with Graph(real.url) as graph:
        yield graph


def values_of(query: SavedQuery) -> dict[str, Any]:
    """The values without which a query does not run."""
    needed = (param for param in query.params if param.required and not param.default)
    return {param.name: list(param.example) for param in needed}


def asked_in_a_shell(
    real: Real, query: SavedQuery, capfd: pytest.CaptureFixture[str], form: str
) -> str:
    words = [
        word
        for name, given in values_of(query).items()
        for value in given
        for word in (f"--{name.replace('_', '-')}", value)
    ]
    assert main(["--root", str(real.root), "query", query.name, *words, "--format", form]) == 0
    return capfd.readouterr().out


def told(value: Value) -> str:
    """Write a value of the client as a table does."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def test_all_queries_are_tables_or_graphs() -> None:
    assert len(TABLES) + len(GRAPHS) == len(CATALOGUE.queries)
    assert len(TABLES) >= 40


@pytest.mark.parametrize("query", TABLES, ids=lambda query: query.name)
def test_a_table_is_the_same_everywhere(
    real: Real, graph: Graph, query: SavedQuery, capfd: pytest.CaptureFixture[str]
) -> None:
    by_address = httpx.get(f"{real.url}/queries/{query.name}.csv", params=values_of(query)).text
    assert asked_in_a_shell(real, query, capfd, "csv") == by_address
    header, *rows = csv.reader(io.StringIO(by_address, newline=""))
    answer = graph.answer(query.name, **values_of(query))
    assert list(answer.variables) == header
    assert [[told(value) for value in row.values()] for row in answer.rows()] == rows
    frame = answer.frame()
    assert frame.shape == (len(rows), len(header))
    days = frame.select_dtypes("datetime64[s]")
    for name in days.columns:
        written = days[name].dt.strftime("%Y-%m-%d").fillna("")
        assert written.tolist() == [row[header.index(name)] for row in rows]


@pytest.mark.parametrize("query", GRAPHS, ids=lambda query: query.name)
def test_a_graph_is_the_same_everywhere(
    real: Real, graph: Graph, query: SavedQuery, capfd: pytest.CaptureFixture[str]
) -> None:
    by_address = httpx.get(f"{real.url}/queries/{query.name}.ttl", params=values_of(query)).text
    in_shell = asked_in_a_shell(real, query, capfd, "ttl")
    answer = graph.answer(query.name, **values_of(query))
    ways = [by_address, in_shell, answer.text("ttl")]
    first, *others = [set(ox.parse(way, format=ox.RdfFormat.TURTLE)) for way in ways]
    assert first
    assert others == [first, first]
    found = {tuple(told(value) for value in row.values()) for row in answer.rows()}
    parts = {tuple(getattr(part, "value", "") for part in quad.triple) for quad in first}
    assert found == parts


def test_who_says_so_is_the_same_everywhere(real: Real, graph: Graph) -> None:
    for query in TABLES:
        if not query.claim:
            continue
        values = values_of(query)
        at = f"{real.url}/queries/{query.name}.csv"
        rows = list(
            csv.DictReader(io.StringIO(httpx.get(at, params={**values, "explain": "1"}).text))
        )
        told_so = graph.answer(query.name, **values).sources()
        for row, one in zip(rows, told_so, strict=True):
            assert {name: row[name] for name in one} == {n: told(v) for n, v in one.items()}
