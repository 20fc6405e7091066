"""Queries that read a role without asking who says so."""

from pathlib import Path

import pytest

from hostagegraph.service.text.attribution import ROLES, unattributed
from hostagegraph.service.text.patterns import read_patterns
from hostagegraph.vocabulary import DEFAULT_BASE, PROPERTIES
from tests.service.conftest import Service
from tests.service.world import BASE

HG = f"PREFIX hg: <{BASE}ns#> "
QUERIES = Path(__file__).parents[2] / "queries"

READ_WITHOUT = [
    "SELECT * { ?l a hg:Leak ; hg:discloser ?p }",
    "SELECT * { [] hg:actor ?p }",
    "SELECT * { [ hg:actor ?p ] a hg:Meeting }",
    "SELECT * { ?p ^hg:actor ?e }",
    "SELECT * { ?p ^(hg:actor|hg:discloser) ?e }",
    "ASK { ?e hg:actor/<http://www.w3.org/2000/01/rdf-schema#label> ?l }",
    "SELECT * { ?e (hg:actor|hg:recipient)+ ?p }",
    "SELECT * { ?e hg:onwardOf*/hg:discloser ?d . ?c hg:content ?e }",
    "SELECT * { ?c hg:content ?e . ?other hg:actor ?d }",
    "SELECT * { ?e hg:actor ?d FILTER NOT EXISTS { ?c hg:content ?e } }",
    "SELECT * { ?e hg:actor ?d MINUS { ?c hg:content ?e } }",
    "SELECT * { { SELECT ?e (COUNT(?d) AS ?n) { ?e hg:actor ?d } GROUP BY ?e } }",
    "CONSTRUCT { ?c hg:content ?e } { ?e hg:actor ?d }",
    "SELECT * { GRAPH ?g { ?e hg:actor ?d } }",
    "SELECT * { FILTER(?x > 1) ?e hg:actor ?a }",
    "SELECT * { OPTIONAL { ?e hg:actor ?a } FILTER(LANG(?a) = 'en') ?c hg:content ?f }",
    f"SELECT * {{ ?e <{BASE}ns#actor> ?d }}",
    "SELECT * { ?e <ns#holder> ?d }",
    "PREFIX my-own.names: <ns#> SELECT * { ?e my-own.names:actor ?d }",
    "PREFIX : <ns#> SELECT * { ?e :actor ?d }",
    "SELECT * { ?e hg:actor ?a . <<( ?e hg:content ?c )>> hg:gist ?x }",
    "SELECT * { ?e hg:actor ?a {| hg:content ?e |} }",
]
READ_WITH = [
    "SELECT * { ?c hg:content ?l . ?l a hg:Leak ; hg:discloser ?p }",
    "SELECT * { ?l a hg:Leak ; hg:discloser ?p . ?c hg:content ?l }",
    "SELECT * { ?c hg:content/hg:actor ?p }",
    "SELECT * { ?c hg:content [ hg:actor ?p ] }",
    "SELECT * { ?p ^hg:actor/^hg:content ?c }",
    "SELECT * { ?p ^hg:actor ?e . ?e ^hg:content ?c }",
    "SELECT * { ?c hg:content ?e, ?f . ?f hg:actor ?d, ?k }",
    "SELECT * { ?e hg:actor ?d FILTER EXISTS { ?c hg:content ?e } }",
    "SELECT * { ?c hg:content ?e { SELECT ?e { ?e hg:actor ?d } } }",
    "SELECT * { ?c hg:gist ?g ; hg:content ?e . GRAPH ?g { ?e hg:actor ?d } }",
    f"SELECT * {{ ?c <{BASE}ns#content> ?e . ?e <ns#actor> ?d }}",
    # Nothing is read of a role.
    "SELECT * { ?c hg:inSource ?s MINUS { ?e hg:actor ?s } }",
    "SELECT * { ?e hg:gist 'hg:actor' FILTER(?e = hg:actor) } # hg:actor",
    "SELECT * { VALUES ?role { hg:actor } ?c hg:inSource ?s }",
    "CONSTRUCT { ?e hg:actor ?d } { ?e ?p ?d }",
    "SELECT * { ?property a hg:actor }",
    "PREFIX other: <urn:other#> SELECT * { ?e other:actor ?d }",
    "SELECT * { ?s ?p ?o }",
]
# Saved queries that read a role of a second situation without its claim, and why.
SECOND_SITUATIONS = {
    "said-after-a-response": "whether the same party spoke before is a condition, not a row",
}


@pytest.mark.parametrize("query", READ_WITHOUT)
def test_a_role_without_a_claim_is_noticed(query: str) -> None:
    assert unattributed(HG + query, BASE)


@pytest.mark.parametrize("query", READ_WITH)
def test_a_role_with_its_claim_or_no_role_is_not(query: str) -> None:
    assert unattributed(HG + query, BASE) is None


def test_roles_are_properties_of_the_ontology() -> None:
    assert PROPERTIES >= ROLES
    page = (QUERIES.parent / "docs" / "protocol.md").read_text(encoding="utf-8")
    assert all(f"`{role}`" in page for role in ROLES)


def test_saved_queries_join_the_claim_but_for_second_situations() -> None:
    found = {
        file.stem
        for file in QUERIES.glob("*.rq")
        if unattributed(file.read_text(encoding="utf-8"), DEFAULT_BASE)
    }
    assert found <= set(SECOND_SITUATIONS)


def test_no_saved_query_seems_to_lack_a_full_stop() -> None:
    files = sorted(QUERIES.glob("*.rq"))
    assert files
    for file in files:
        assert read_patterns(file.read_text(encoding="utf-8")).loose is None, file.name


def test_an_unattributed_answer_says_so_in_a_header_and_on_the_page(service: Service) -> None:
    query = "PREFIX hg: <ns#> SELECT ?who { ?event hg:participant ?who }"
    told = service.sparql(query).headers["x-attribution"]
    assert told == 'none; reads="hg:participant"; join="?claim hg:content ?event"'
    page = service.sparql(query, "text/html").text
    assert "Unattributed" in page
    assert "?claim hg:content ?event ; hg:attribution/hg:assertor ?voice" in page


def test_a_query_that_joins_the_claim_is_answered_without_notice(service: Service) -> None:
    query = "PREFIX hg: <ns#> SELECT ?who { ?claim hg:content ?event . ?event hg:participant ?who }"
    assert "x-attribution" not in service.sparql(query).headers
    assert "Unattributed" not in service.sparql(query, "text/html").text


def test_names_beyond_ascii_stay_out_of_the_header(service: Service) -> None:
    query = "PREFIX hg: <ns#> SELECT ?who { ?événement hg:participant ?who }"
    told = service.sparql(query).headers["x-attribution"]
    assert told == 'none; reads="hg:participant"; join="?claim hg:content ?situation"'
