"""Minted IRIs are valid, never collide, and know their graph."""

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from hostagegraph import vocabulary
from hostagegraph.vocabulary import (
    CHAINS,
    CLASSES,
    CODED,
    DEFAULT_BASE,
    FOLDERS,
    PROPERTIES,
    RESERVED,
    SCHEMES,
    Iris,
    rebased,
)

IRIS = Iris(DEFAULT_BASE)
BASES = [DEFAULT_BASE, "http://localhost:8000/", "https://example.org/a/b/", "urn://x/"]

SLUG = "[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,3}"
slugs = st.from_regex(SLUG, fullmatch=True)
sources = slugs.filter(lambda slug: slug not in RESERVED)
numbers = st.integers(min_value=1).map(str)
claims = st.from_regex(r"c[a-z0-9]{1,4}-[0-9]{2}(-[a-z][1-9])?", fullmatch=True)
locals_ = claims | st.from_regex(f"(s|i|u|t|p|copy)-{SLUG}", fullmatch=True)
hubs = st.sampled_from([f for f in FOLDERS if f not in ("curator", "query", "source")])
terms = st.sampled_from([*CLASSES, *sorted(PROPERTIES), *SCHEMES, *sum(SCHEMES.values(), ())])

calls = st.one_of(
    st.tuples(st.just("term"), terms),
    st.tuples(st.just("thing"), hubs, slugs),
    st.tuples(st.just("thing"), st.just("curator"), numbers),
    st.tuples(st.just("source"), sources),
    st.tuples(st.just("local"), sources, locals_),
    st.tuples(st.just("query"), slugs),
    st.tuples(st.just("graph"), sources | st.sampled_from(["shared", "ontology", "queries"])),
)


def mint(iris: Iris, method: str, *arguments: str) -> str:
    return str(getattr(iris, method)(*arguments))


@given(st.sampled_from(BASES), calls)
def test_a_minted_iri_is_a_named_node_under_its_base(base: str, call: tuple[str, ...]) -> None:
    iri = mint(Iris(base), *call)
    assert NamedNode(iri).value == iri
    assert iri.startswith(base)


@given(st.lists(calls, unique=True))
def test_minted_iris_never_collide(unique_calls: list[tuple[str, ...]]) -> None:
    minted = [IRIS.ontology, *(mint(IRIS, *call) for call in unique_calls)]
    assert len(set(minted)) == len(minted)


@given(calls)
def test_a_minted_iri_moves_with_its_base(call: tuple[str, ...]) -> None:
    for base in BASES:
        assert rebased(mint(IRIS, *call), base) == mint(Iris(base), *call)


@given(sources, locals_, slugs, hubs)
def test_the_graph_follows_from_the_subject(source: str, name: str, slug: str, hub: str) -> None:
    assert IRIS.graph_of(IRIS.local(source, name)) == IRIS.graph(source)
    assert IRIS.graph_of(IRIS.source(source)) == IRIS.graph(source)
    assert IRIS.graph_of(IRIS.thing(hub, slug)) == IRIS.graph("shared")
    assert IRIS.graph_of(IRIS.query(slug)) == IRIS.graph("queries")


@pytest.mark.parametrize(
    ("iri", "graph"),
    [
        (DEFAULT_BASE + "ns", "ontology"),
        (DEFAULT_BASE + "ns#Claim", "ontology"),
        (DEFAULT_BASE + "ns/0.1.0", "ontology"),
        (DEFAULT_BASE + "nsx", "shared"),
        (DEFAULT_BASE + "id/curator/1", "shared"),
        (DEFAULT_BASE + "id/alone", "shared"),
        ("https://example.org/elsewhere/x", "shared"),
    ],
)
def test_what_belongs_nowhere_else_is_shared(iri: str, graph: str) -> None:
    assert IRIS.graph_of(iri) == IRIS.graph(graph)


@pytest.mark.parametrize(
    "name",
    [
        "c0504-01",
        "cintro-12",
        "c0504-01-a1",
        "c0504-01-b2",
        "c0504-01-g1",
        "c0504-01-r1",
        "s-first-meeting",
        "i-brief",
        "u-senior-official",
        "t-en",
        "t-zh-hans",
        "p-459-577",
        "p-459-577-pos",
        "p-459-577-digest",
        "p-he-1-2",
        "p-listing",
        "copy-reading-room",
    ],
)
def test_a_local_name_keeps_its_form(name: str) -> None:
    assert IRIS.local("example-gazette-1900", name).endswith(f"/id/example-gazette-1900/{name}")


@pytest.mark.parametrize(
    "name",
    ["", "c0504", "c0504-1", "c-01", "c0504-01-a0", "c0504-01-aa1", "x-y", "s-", "s-A", "s-a/b"],
)
def test_a_local_name_of_another_form_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f'local name "{name}"')):
        IRIS.local("example-gazette-1900", name)


@pytest.mark.parametrize("slug", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a/b", "a\n"])
@pytest.mark.parametrize(
    "call",
    [
        ("thing", "agent", ""),
        ("source", ""),
        ("local", "", "c0504-01"),
        ("query", ""),
        ("graph", ""),
    ],
    ids=lambda call: call[0],
)
def test_a_slug_of_another_form_is_refused(call: tuple[str, ...], slug: str) -> None:
    method, *arguments = call
    with pytest.raises(ValueError, match="lower-case letters and digits"):
        mint(IRIS, method, *(argument or slug for argument in arguments))


@pytest.mark.parametrize("number", ["0", "01", "one", "", "1a"])
def test_a_curator_has_a_number(number: str) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        IRIS.thing("curator", number)


@pytest.mark.parametrize("name", RESERVED)
def test_no_source_is_named_like_something_else(name: str) -> None:
    with pytest.raises(ValueError, match="reserved"):
        IRIS.source(name)
    with pytest.raises(ValueError, match="reserved"):
        IRIS.local(name, "c0504-01")


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_graph_is_named_like_a_hub_folder(folder: str) -> None:
    with pytest.raises(ValueError, match="hub folder"):
        IRIS.graph(folder)


def test_a_source_work_and_a_saved_query_are_things_too() -> None:
    assert IRIS.thing("source", "example-gazette-1900") == IRIS.source("example-gazette-1900")
    assert IRIS.thing("query", "claims-by-source") == IRIS.query("claims-by-source")


def test_an_unknown_folder_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of agent, office"):
        IRIS.thing("person", "x")


@pytest.mark.parametrize("name", ["claim", "Claims", "", "label"])
def test_an_unknown_term_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no term of the ontology"):
        IRIS.term(name)


@pytest.mark.parametrize("base", ["", "/", "https://a.org", "https://a.org/#/", "https://a b/"])
def test_a_base_of_another_form_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="ends in"):
        Iris(base)
    with pytest.raises(ValueError, match="ends in"):
        rebased("", base)


def test_every_constant_is_an_iri() -> None:
    constants = {
        name: value
        for name, value in vars(vocabulary).items()
        if name.isupper() and isinstance(value, str) and not name.startswith("_")
    }
    del constants["CHAINS"]
    assert len(set(constants.values())) == len(constants)
    assert all(NamedNode(value).value == value for value in constants.values())


def test_coded_properties_and_their_schemes_are_known() -> None:
    assert set(CODED) <= PROPERTIES
    assert {scheme for schemes in CODED.values() for scheme in schemes} == set(SCHEMES)


def test_no_chain_is_lettered_like_an_allegation_or_a_relation() -> None:
    assert sorted([*CHAINS, "g", "r"]) == list("abcdefghijklmnopqrstuvwxyz")


def test_the_examples_in_the_docstrings_hold() -> None:
    results = doctest.testmod(vocabulary)
    assert results.attempted > 0
    assert results.failed == 0
