"""One saved query: how it is filled, what it answers, and what its tests say."""

import re
from dataclasses import replace

import pyoxigraph as ox
import pytest

from hostagegraph.errors import ParameterError
from hostagegraph.parameters import Parameter
from hostagegraph.saved_query import QueryTest, SavedQuery
from hostagegraph.vocabulary import DEFAULT_BASE as BASE

TEXT = """\
PREFIX hg: <https://w3id.org/hostagegraph/ns#>
SELECT ?claim ?gist ?day WHERE {
  VALUES ?source { <https://w3id.org/hostagegraph/id/source/example-gazette-1900> }
  VALUES ?since { "1900-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }
  ?claim hg:inSource ?source ; hg:gist ?gist ; hg:startMin ?day .
  OPTIONAL { ?claim hg:note ?note }
  FILTER (!BOUND(?since) || ?day >= ?since)
} ORDER BY ?claim
"""
SOURCE = Parameter("source", "iri", "Source work", line=3)
SINCE = Parameter("since", "xsd:date", "Not before", required=False, line=4)
QUERY = SavedQuery(
    "claims", TEXT, "solutions", ("claim", "gist", "day"), BASE, params=(SOURCE, SINCE)
)
GAZETTE = "source/example-gazette-1900"
DATA = """\
@prefix hg: <https://w3id.org/hostagegraph/ns#> .
@prefix id: <https://w3id.org/hostagegraph/id/source/> .
@prefix eg: <https://w3id.org/hostagegraph/id/example-gazette-1900/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
eg:c0101-01 hg:inSource id:example-gazette-1900 ; hg:gist "One"@en ;
  hg:startMin "1900-01-01"^^xsd:date .
"""


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    graph = ox.NamedNode(BASE + "graph/example-gazette-1900")
    store.bulk_load(DATA.encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


def test_the_digest_changes_with_the_text() -> None:
    assert re.fullmatch("[0-9a-f]{64}", QUERY.digest)
    assert replace(QUERY, text=TEXT + "# more").digest != QUERY.digest


# Filling


def test_the_file_as_it_stands_and_the_filled_text_differ_in_the_values_alone() -> None:
    filled = QUERY.fill({"source": ["agent/x"], "since": ["1900-02-01"]})
    pairs = zip(TEXT.split("\n"), filled.split("\n"), strict=True)
    assert [new for old, new in pairs if old != new] == [
        f"  VALUES ?source {{ <{BASE}id/agent/x> }}",
        '  VALUES ?since { "1900-02-01"^^<http://www.w3.org/2001/XMLSchema#date> }',
    ]


def test_the_line_of_an_absent_optional_parameter_is_dropped() -> None:
    filled = QUERY.fill({"source": ["agent/x"]})
    assert "VALUES ?since" not in filled
    assert len(filled.split("\n")) == len(TEXT.split("\n")) - 1


def test_an_empty_text_counts_as_absent() -> None:
    assert QUERY.fill({"source": ["agent/x"], "since": [""]}) == QUERY.fill({"source": ["agent/x"]})


def test_every_problem_is_told_by_name() -> None:
    with pytest.raises(ParameterError) as caught:
        QUERY.fill({"sources": ["x"], "since": ["1900-02-30", "1900-02-01"]})
    assert caught.value.problems == {
        "sources": "unknown parameter (did you mean source?)",
        "source": "missing; a value is needed",
        "since": "2 values given; it takes one",
    }


# Answers in short forms


def test_rows_are_given_in_short_forms(store: ox.Store) -> None:
    row = {"claim": "example-gazette-1900/c0101-01", "gist": "One", "day": "1900-01-01"}
    assert QUERY.rows(store, {"source": [GAZETTE]}) == [row]
    assert QUERY.rows(store, {"source": [GAZETTE], "since": ["1900-02-01"]}) == []


def test_an_unbound_variable_is_an_empty_text(store: ox.Store) -> None:
    noted = replace(QUERY, text=TEXT.replace("?claim ?gist ?day", "?note"))
    assert noted.rows(store, {"source": [GAZETTE]}) == [{"note": ""}]


def test_an_answer_of_yes_or_no_is_one_row(store: ox.Store) -> None:
    query = SavedQuery("any", "ASK { ?s ?p ?o }", "boolean", ("boolean",), BASE)
    assert query.rows(store, {}) == [{"boolean": "true"}]
    assert query.rows(ox.Store(), {}) == [{"boolean": "false"}]


def test_a_graph_has_a_row_for_each_triple(store: ox.Store) -> None:
    columns = ("subject", "predicate", "object")
    text = f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o FILTER (?p = <{BASE}ns#gist>) }}"
    rows = SavedQuery("graph", text, "graph", columns, BASE).rows(store, {})
    cells = ("example-gazette-1900/c0101-01", "hg:gist", "One")
    assert rows == [dict(zip(columns, cells, strict=True))]


# Tests

ONE = {"claim": "example-gazette-1900/c0101-01", "gist": "One"}
TWO = {"claim": "example-gazette-1900/c0101-02", "gist": "Two"}


@pytest.mark.parametrize(
    "test",
    [
        QueryTest(min_rows=1),
        QueryTest(row_count=2),
        QueryTest(rows=(TWO, ONE)),
        QueryTest(rows=({"gist": "One"}, {"gist": "Two"})),
        QueryTest(contains=({"gist": "Two"},)),
    ],
)
def test_a_test_that_holds_says_nothing(test: QueryTest) -> None:
    assert list(test.failures([ONE, TWO])) == []


@pytest.mark.parametrize(
    ("test", "told"),
    [
        (QueryTest(min_rows=2), ["expected 2 rows or more, found 1"]),
        (QueryTest(row_count=2), ["expected 2 rows, found 1"]),
        (QueryTest(rows=()), ["expected no rows, found 1"]),
        (QueryTest(rows=({"gist": "One"}, {"gist": "One"})), ["missing row {gist: One}"]),
        (
            QueryTest(rows=({"gist": "Two"},)),
            ["missing row {gist: Two}", "unexpected row {gist: One}"],
        ),
        (QueryTest(contains=({"gist": "Two"},)), ["no row holds {gist: Two}"]),
    ],
)
def test_a_test_that_fails_says_how(test: QueryTest, told: list[str]) -> None:
    assert list(test.failures([ONE])) == told


def test_a_failure_tells_ten_rows_and_how_many_there_are() -> None:
    rows = [{"n": str(n)} for n in range(12)]
    found = list(QueryTest(rows=({"n": "0"},)).failures(rows))
    assert len(found) == 11
    assert found[-1] == "11 unexpected rows in all"
