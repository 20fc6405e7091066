"""The catalogue of saved queries: loading a folder, finding, publishing, running the tests."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph.errors import InvalidRecords, UnknownQuery
from hostagegraph.parameters import short
from hostagegraph.queries import Catalogue
from hostagegraph.vocabulary import DEFAULT_BASE as BASE

ANYTHING = "#+ summary: Anything\nASK {}"
CLAIMS = """\
#+ summary: Claims that one source carries
#+ description: Every claim of the source.
#+ tags: [claims]
#+ params: {source: iri}
#+ tests: [{params: {source: source/example-gazette-1900}, rows: [[One]]}]
BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <ns#>
SELECT ?gist WHERE {
  VALUES ?source { <id/source/example-gazette-1900> }
  ?claim hg:inSource ?source ; hg:gist ?gist .
}
"""
DATA = """\
@prefix hg: <https://w3id.org/hostagegraph/ns#> .
@prefix id: <https://w3id.org/hostagegraph/id/source/> .
@prefix eg: <https://w3id.org/hostagegraph/id/example-gazette-1900/> .
id:example-gazette-1900 a hg:SourceWork .
eg:c0101-01 hg:inSource id:example-gazette-1900 ; hg:gist "One"@en .
"""


def load(folder: Path, base: str = BASE, **texts: str) -> Catalogue:
    queries = folder / "queries"
    queries.mkdir(exist_ok=True)
    for name, text in texts.items():
        (queries / f"{name.replace('_', '-')}.rq").write_text(text, encoding="utf-8")
    return Catalogue.load(queries, base)


# Loading


def test_queries_are_sorted_by_name(tmp_path: Path) -> None:
    found = load(tmp_path, b_two=ANYTHING, a_one=ANYTHING)
    assert [each.name for each in found.queries] == ["a-one", "b-two"]


def test_an_unknown_name_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    found = load(tmp_path, claims=CLAIMS)
    assert found.get("claims").name == "claims"
    with pytest.raises(UnknownQuery, match="did you mean claims"):
        found.get("claim")


def test_a_folder_that_is_missing_has_no_queries(tmp_path: Path) -> None:
    assert Catalogue.load(tmp_path / "none").queries == ()


def test_a_pick_list_may_stand_anywhere_in_the_folder(tmp_path: Path) -> None:
    text = CLAIMS.replace("source: iri", "source: {type: iri, enum_query: sources}")
    listing = "#+ summary: All\nSELECT ?source ?sourceLabel { ?source ?p ?sourceLabel }"
    found = load(tmp_path, claims=text, sources=listing)
    assert found.get("claims").params[0].enum_query == "sources"


@pytest.mark.parametrize(
    ("listing", "why"),
    [
        ("ASK {}", "its result is no table"),
        ("SELECT ?s ?p { ?s ?p ?o }", "its first two columns are no value and its label"),
        ("SELECT ?s { ?s ?p ?o }", "its first two columns are no value and its label"),
        (
            "SELECT ?s ?sLabel {\nVALUES ?s { <https://e.org/> }\n?s ?p ?sLabel }",
            "it needs a value",
        ),
    ],
)
def test_a_query_that_fills_no_pick_list_is_told(tmp_path: Path, listing: str, why: str) -> None:
    text = CLAIMS.replace("source: iri", "source: {type: iri, enum_query: sources}")
    params = "#+ params: {s: iri}\n" if "VALUES" in listing else ""
    with pytest.raises(InvalidRecords) as caught:
        load(tmp_path, claims=text, sources=f"#+ summary: All\n{params}{listing}")
    (only,) = caught.value.problems
    assert str(only).startswith("queries/claims.rq:")
    assert f"params.source.enum_query: sources fills no pick list: {why}" in str(only)


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "Not_Kebab.rq").write_text(ANYTHING)
    (tmp_path / "queries" / "not-text.rq").write_bytes(b"\xff")
    with pytest.raises(InvalidRecords) as caught:
        load(
            tmp_path,
            one="#+ tagz: x\nSELECT * {",
            two="#+ summary: [a]\n#+ tests: {}\n#+ columns: 3\nASK {}",
            zero="#+ - x\nASK {}",
        )
    assert [str(each).split(": ")[0] for each in caught.value.problems] == [
        "queries/Not_Kebab.rq:1:1",
        "queries/not-text.rq:1:1",
        "queries/one.rq:1:1",
        "queries/one.rq:1:4",
        "queries/one.rq:2:11",
        "queries/two.rq:1:4",
        "queries/two.rq:2:4",
        "queries/two.rq:3:4",
        "queries/zero.rq:1:1",
    ]


def test_no_two_queries_have_the_same_title(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecords) as caught:
        load(
            tmp_path,
            one="#+ title: All claims\n#+ summary: Each claim\nASK {}",
            two="#+ summary: Each of them\n#+ title: All Claims\nASK {}",
        )
    (only,) = caught.value.problems
    assert str(only) == "queries/two.rq:2:1: title: one has this title; say what differs"


# Publishing


def test_the_catalogue_is_published_as_shacl_executables(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        claims=CLAIMS,
        yes="#+ summary: Yes\nASK {}",
        all="#+ summary: All\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
    )
    quads = list(found.quads())
    assert {str(quad.graph_name) for quad in quads} == {f"<{BASE}graph/queries>"}
    assert not any(isinstance(quad.object, ox.BlankNode) for quad in quads)
    lines = {
        (short(quad.subject, BASE), short(quad.predicate, BASE).strip("<>").rpartition("#")[2])
        for quad in quads
    }
    assert lines == {
        *(("query/claims", each) for each in ("type", "label", "select", "comment", "keyword")),
        *(("query/yes", each) for each in ("type", "label", "ask")),
        *(("query/all", each) for each in ("type", "label", "construct")),
    }


def test_a_published_text_is_the_whole_file_under_the_base_asked_for(tmp_path: Path) -> None:
    quads = load(tmp_path, claims=CLAIMS).quads("https://example.org/kg/")
    (text,) = (each.object for each in quads if each.predicate.value.endswith("#select"))
    assert isinstance(text, ox.Literal)
    assert text.value == CLAIMS.replace(BASE, "https://example.org/kg/")


# Tests in the heads


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    graph = ox.NamedNode(BASE + "graph/example-gazette-1900")
    store.bulk_load(DATA.encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


def test_tests_that_hold_say_nothing(tmp_path: Path, store: ox.Store) -> None:
    found = load(tmp_path, claims=CLAIMS)
    assert len(found.tests_on(store)) == 1
    assert found.run_tests(store) == ()


def test_a_test_that_fails_is_told_with_its_place(tmp_path: Path, store: ox.Store) -> None:
    found = load(tmp_path, claims=CLAIMS.replace("rows: [[One]]", "min_rows: 2"))
    told = "queries/claims.rq:5: expected 2 rows or more, found 1"
    assert found.run_tests(store) == (told,)


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        ("example-gazette-1900", 1),
        ("[example-gazette-1900]", 1),
        ("example-weekly-1901", 0),
        ("[example-gazette-1900, example-weekly-1901]", 0),
    ],
)
def test_a_test_is_run_where_all_its_sources_are(
    tmp_path: Path, store: ox.Store, sources: str, count: int
) -> None:
    text = CLAIMS.replace("rows: [[One]]", f"row_count: 7, sources: {sources}")
    found = load(tmp_path, claims=text)
    assert len(found.tests_on(store)) == len(found.run_tests(store)) == count


def test_rows_are_counted_where_nothing_has_to_be_asked_for(
    tmp_path: Path, store: ox.Store
) -> None:
    values = "VALUES ?n { 1 2 3 }"
    found = load(
        tmp_path,
        claims=CLAIMS,
        yes="#+ summary: Yes\nASK { ?s ?p ?o }",
        graph="#+ summary: All\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        three=f"#+ summary: Three\nSELECT ?n {{ {values} }}",
        none="#+ summary: None\nSELECT ?s { ?s ?p ?o . FILTER (false) }",
        chosen=(
            "#+ summary: Two\n"
            "#+ params: {n: {type: 'xsd:integer', multiple: true, default: [1, 2]}}\n"
            f"SELECT ?n {{\n{values}\n}}"
        ),
    )
    assert found.rows_on(store) == {"three": 3, "none": 0, "chosen": 2}


def test_questions_and_graphs_can_be_tested_too(tmp_path: Path, store: ox.Store) -> None:
    found = load(
        tmp_path,
        yes="#+ summary: Yes\n#+ tests: [{rows: [['true']]}, {rows: [[no]]}]\nASK { ?s ?p ?o }",
        graph=(
            "#+ summary: All\n#+ tests: [{contains: [{object: One}]}, {row_count: 3}]\n"
            "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
        ),
    )
    assert [each.split(": ", 1)[1] for each in found.run_tests(store)] == [
        "missing row {boolean: false}",
        "unexpected row {boolean: true}",
    ]
