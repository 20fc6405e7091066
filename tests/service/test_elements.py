"""The outermost group of a query in parts: every first few of them are a query that runs."""

import pyoxigraph as ox
import pytest

from hostagegraph.queries import SavedQuery
from hostagegraph.service.text.elements import cut
from hostagegraph.store import select
from tests.test_queries_folder import TABLES, asked, sample

TEXT = """PREFIX : <https://example.org/>
SELECT ?a (COUNT(*) AS ?n) WHERE {
  ?a :p ?b, :c ;
     :q [ :r ?d ] .
  FILTER (?d > 1 && EXISTS { ?a :p ?d })
  OPTIONAL { ?a :s ?e . FILTER (?e = ?d) }
  { ?a :t ?f } UNION { ?a :u ?f } UNION { ?a :v ?f }
  FILTER NOT EXISTS { ?a :w ?f }
  BIND (STR(?f) AS ?g)
  VALUES ?g { "}" 'FILTER' }
  GRAPH ?h { ?a :filter ?i . }
} GROUP BY ?a ORDER BY ?a # { }
"""


def test_tests_come_last_and_triples_one_by_one() -> None:
    parts = cut(TEXT).parts
    assert [(part.text.split("\n")[0], part.line) for part in parts] == [
        ("?a :p ?b", 3),
        (", :c", 3),
        (";", 3),
        ("OPTIONAL { ?a :s ?e . FILTER (?e = ?d) }", 6),
        ("{ ?a :t ?f } UNION { ?a :u ?f } UNION { ?a :v ?f }", 7),
        ("BIND (STR(?f) AS ?g)", 9),
        ("VALUES ?g { \"}\" 'FILTER' }", 10),
        ("GRAPH ?h { ?a :filter ?i . }", 11),
        ("FILTER (?d > 1 && EXISTS { ?a :p ?d })", 5),
        ("FILTER NOT EXISTS { ?a :w ?f }", 8),
    ]


def test_every_first_few_parts_are_a_query() -> None:
    parts = cut(TEXT)
    for count in range(1, len(parts.parts) + 1):
        ox.Store().query(parts.first(count))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { { SELECT ?s { ?s ?p ?o } } }",
        "ASK { ?s ?p ?o FILTER(isIRI(?s)) ?o ?q 1 }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . MINUS { ?s a ?o } }",
        "BASE <http://a/> SELECT (1 AS ?x) WHERE { ?s <p>/<q>* ?o ; a <C> ; . }",
    ],
)
def test_other_forms_are_cut_too(text: str) -> None:
    parts = cut(text)
    assert parts.parts
    for count in range(1, len(parts.parts) + 1):
        ox.Store().query(parts.first(count))


@pytest.mark.parametrize("text", ["", "SELECT * { SELECT ?s { ?s ?p ?o } }", "ASK {}", "ASK {"])
def test_what_has_no_parts_is_left_alone(text: str) -> None:
    assert cut(text).parts == ()


@pytest.mark.parametrize("query", TABLES, ids=lambda query: query.name)
def test_all_parts_of_a_saved_query_find_something_where_it_does(query: SavedQuery) -> None:
    parts = cut(asked(query))
    found = [
        bool(sample().query(parts.first(n), use_default_graph_as_union=True))
        for n in range(1, len(parts.parts) + 1)
    ]
    assert found == sorted(found, reverse=True), "a part more never finds more"
    if found and "GROUP BY" not in query.text:
        assert found[-1] == bool(select(sample(), asked(query)))
