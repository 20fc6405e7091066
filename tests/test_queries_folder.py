"""The saved queries of the project: they parse, run as they stand, and find what they should."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from hostagegraph import rdf
from hostagegraph.head import read_head
from hostagegraph.queries import Catalogue, SavedQuery
from hostagegraph.store import read_quads, select, store_of
from hostagegraph.vocabulary import DEFAULT_BASE
from tests.projects import data_quads

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Catalogue.load(ROOT / "queries")
TWELVE = {
    "statements-by-anonymous-officials",
    "unnamed-statements-with-alleged-originator",
    "mandate-on-a-day",
    "claims-on-one-unnamed-source",
    "allegations-against",
    "contradictions",
    "denied-claims",
    "mandate-changes",
    "leak-paths",
    "causal-links",
    "accounts-with-different-dates",
    "passages-of-claims",
}
# What the sample is asked, where a value is needed.
ASKED = {
    "allegations-against": {"agent": "agent/basil-thrumm"},
    "claims-by-source": {"source": "source/example-gazette-1900"},
    "mandate-on-a-day": {"day": "1900-01-05"},
    "reported-for-a-day": {"day": "1900-01-05"},
    "statements-of-a-speaker": {"speaker": "agent/ottilie-quill"},
}
SOURCE = "example-gazette-1900"
VOICES = ("voice", "voice1", "according", "outlet", "speaker")

TABLES = [query for query in CATALOGUE.queries if query.kind == "solutions"]
GRAPHS = [query for query in CATALOGUE.queries if query.kind == "graph"]

each_query = pytest.mark.parametrize("query", CATALOGUE.queries, ids=lambda query: query.name)
each_table = pytest.mark.parametrize("query", TABLES, ids=lambda query: query.name)
each_graph = pytest.mark.parametrize("query", GRAPHS, ids=lambda query: query.name)


def quads(root: Path, base: str = DEFAULT_BASE) -> Iterator[ox.Quad]:
    yield from data_quads(root, base)
    for path in [ROOT / "ontology/hostagegraph.ttl", *ROOT.glob("ontology/schemes/*.ttl")]:
        yield from rdf.ontology_quads(read_quads(path), base)
    yield from CATALOGUE.quads(base)


@cache
def sample() -> ox.Store:
    return store_of(quads(ROOT / "tests" / "sample"))


@cache
def real() -> ox.Store:
    return store_of(quads(ROOT))


@cache
def both() -> ox.Store:
    return store_of(dict.fromkeys([*quads(ROOT / "tests" / "sample"), *quads(ROOT)]))


@cache
def sample_elsewhere() -> rdflib.Graph:
    """Hold the sample in another engine."""
    triples = ox.serialize((quad.triple for quad in sample()), format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=triples, format="nt")


def asked(query: SavedQuery) -> str:
    return query.fill({name: [value] for name, value in ASKED.get(query.name, {}).items()})


def test_the_twelve_queries_of_the_ontology_are_there() -> None:
    assert {query.name for query in CATALOGUE.queries} >= TWELVE


def test_each_of_the_forty_questions_has_a_query() -> None:
    """Queries carry the numbers of the competency questions they answer as tags: q1 to q40."""
    tags = {tag for query in CATALOGUE.queries for tag in query.tags}
    assert {f"q{number}" for number in range(1, 41)} - tags == set()


@each_table
def test_a_query_runs_as_it_stands(query: SavedQuery) -> None:
    select(sample(), query.text)


@each_table
def test_a_query_runs_with_every_optional_parameter_dropped(query: SavedQuery) -> None:
    text = asked(query)
    for param in query.params:
        assert (f"VALUES ?{param.name} " in text) is not param.droppable or param.name in ASKED
    select(sample(), text)


@each_table
def test_a_query_runs_with_each_optional_parameter_given(query: SavedQuery) -> None:
    for param in query.params:
        values = {name: [value] for name, value in ASKED.get(query.name, {}).items()}
        text = query.fill({**values, param.name: param.example[:1]})
        assert f"VALUES ?{param.name} " in text
        select(sample(), text)


@each_table
def test_a_query_finds_something_in_the_sample_or_says_why_not(query: SavedQuery) -> None:
    empty = [test.reason for test in query.tests if SOURCE in test.sources and test.rows == ()]
    assert select(sample(), asked(query)) or (empty and all(empty))


@each_table
def test_another_engine_answers_the_same_in_the_same_order(query: SavedQuery) -> None:
    text = asked(query)
    told = [
        ["" if term is None else str(term) for term in row]  # type: ignore[union-attr]
        for row in sample_elsewhere().query(text)
    ]
    own = [
        ["" if term is None else str(getattr(term, "value", term)) for term in row.values()]
        for row in select(sample(), text)
    ]
    assert told == own


@each_graph
def test_a_graph_is_the_same_in_another_engine(query: SavedQuery) -> None:
    values = {name: list(value) for test in query.tests[:1] for name, value in test.params.items()}
    found = sample().query(query.fill(values), use_default_graph_as_union=True)
    assert isinstance(found, ox.QueryTriples)
    own = {str(triple) for triple in found}
    elsewhere = sample_elsewhere().query(query.fill(values)).graph
    assert elsewhere is not None
    lines = ox.parse(elsewhere.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    assert own == {str(quad.triple) for quad in lines}
    assert len(own) > 1


@each_query
def test_a_query_tells_people_what_it_finds(query: SavedQuery) -> None:
    assert query.title != query.summary
    assert query.title[-1] != "."
    assert len(query.summary) <= 100
    assert query.description
    assert query.tags
    assert all(param.label for param in query.params)
    assert all(column.label for column in query.columns.values())


@each_query
def test_every_column_that_people_see_has_a_heading(query: SavedQuery) -> None:
    labels = {f"{name}Label" for name in query.variables}
    hidden = {"relation", "link", "chain"}
    assert set(query.variables) - labels - hidden <= set(query.columns)


@each_table
def test_an_iri_never_stands_without_a_label(query: SavedQuery) -> None:
    bare = {"passage", "relation", "chain", "link"}
    for row in select(both(), asked(query)):
        for name, term in row.items():
            if isinstance(term, ox.NamedNode) and name not in bare:
                label = row.get(f"{name}Label")
                assert isinstance(label, ox.Literal), f"{name} {term.value}"
                assert label.value, f"{name} {term.value}"


@each_query
def test_a_role_never_stands_without_its_claim_and_a_voice(query: SavedQuery) -> None:
    roles = {"discloser", "originator", "actor", "cause", "issuers", "denier", "participants"}
    if roles.intersection(query.variables):
        assert query.claim in query.variables
        assert set(VOICES).intersection(query.variables)
        assert {"source", "source1"}.intersection(query.variables)


@each_table
def test_rows_come_in_one_order(query: SavedQuery) -> None:
    """Pages need an order that no two rows share: each row differs in what it is sorted by."""
    body = read_head(query.text).body
    order = body[body.rindex("\nORDER BY") :]
    sorted_by = re.findall(r"\?(\w+)", order)
    keys = [
        tuple(str(row[name]) for name in sorted_by if name in row)
        for row in select(both(), asked(query))
    ]
    assert len(keys) == len(set(keys))


@each_table
def test_no_row_comes_twice(query: SavedQuery) -> None:
    rows = [tuple(map(str, row.values())) for row in select(both(), asked(query))]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("store", [sample, real], ids=["sample", "real"])
def test_the_tests_in_the_heads_hold(store: Callable[[], ox.Store]) -> None:
    assert CATALOGUE.run_tests(store()) == ()


def test_the_tests_hold_under_another_base() -> None:
    base = "https://example.org/graph/"
    catalogue = Catalogue.load(ROOT / "queries", base)
    store = store_of(quads(ROOT / "tests" / "sample", base))
    assert len(catalogue.tests_on(store)) == len(CATALOGUE.tests_on(sample()))
    assert catalogue.run_tests(store) == ()


def test_each_query_is_tested_on_the_sample_and_on_the_real_data() -> None:
    for query in CATALOGUE.queries:
        named = {source for test in query.tests for source in test.sources}
        assert named == {"example-gazette-1900", "haaretz-2024-07-10"}, query.name


def test_pick_lists_begin_with_the_value_and_its_label() -> None:
    named = {param.enum_query for query in CATALOGUE.queries for param in query.params}
    for name in named - {""}:
        value, label = CATALOGUE.get(name).variables[:2]
        assert label == f"{value}Label"


def test_a_second_label_adds_no_row() -> None:
    """Labels in other languages, and descriptors in them, leave the rows as they are."""
    more = ox.Store()
    more.bulk_extend(sample())
    for quad in sample():
        value = quad.object
        if isinstance(value, ox.Literal) and value.language == "en":
            for language in ("he", "ar"):
                other = ox.Literal(f"{value.value} ({language})", language=language)
                more.add(ox.Quad(quad.subject, quad.predicate, other, quad.graph_name))
    for query in TABLES:
        text = asked(query)
        assert select(more, text) == select(sample(), text), query.name


def test_a_descriptor_in_another_language_alone_is_shown() -> None:
    """A source read in another language has its descriptor in that language alone."""
    moved = ox.Store()
    for quad in sample():
        value = quad.object
        descriptor = quad.predicate.value.endswith("#descriptor")
        if descriptor and isinstance(value, ox.Literal):
            value = ox.Literal(value.value, language="he")
        moved.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    query = CATALOGUE.get("statements-by-anonymous-officials")
    assert len(query.rows(moved, {})) == len(query.rows(sample(), {}))


def test_a_news_outlet_as_affiliation_makes_no_official() -> None:
    """Only the descriptor or a body that is no outlet makes an official."""
    query = CATALOGUE.get("statements-by-anonymous-officials")
    speaker = "example-gazette-1900/u-k"
    changed = ox.Store()
    for quad in sample():
        value = quad.object
        if quad.subject.value.endswith("/u-k"):
            if quad.predicate.value.endswith("#descriptor"):
                value = ox.Literal("person who was there", language="en")
            if quad.predicate.value.endswith("#describedAffiliation"):
                value = ox.NamedNode(f"{CATALOGUE.base}id/agent/example-courier")
        changed.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    assert speaker in {row["speaker"] for row in query.rows(sample(), {})}
    assert speaker not in {row["speaker"] for row in query.rows(changed, {})}
