"""The tokeniser: what is refused before any parser sees it, and what never is."""

import contextlib
import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.ceilings import Ceilings, check_ceilings, tokens
from hostagegraph.errors import QueryError, QueryRefused, QueryTooComplex, QueryTooLong

MANY = 20_000

CHAINS = {
    "parentheses": ("ASK { FILTER(" + "(" * MANY + "1" + ")" * MANY + ") }", "nesting"),
    "groups": ("ASK " + "{" * MANY + "}" * MANY, "nesting"),
    "square brackets": ("ASK { ?s ?p " + "[ ?p " * MANY + "]" * MANY + " }", "nesting"),
    "triple terms": ("ASK { " + "<<" * MANY + " }", "nesting"),
    "brackets that read as IRIs": ("ASK { FILTER(" + "1<(1>(" * 3000, "nesting"),
    "!": ("ASK { FILTER(" + "!" * MANY + "true) }", "operators"),
    "unary -": ("SELECT (" + "-" * MANY + "1 AS ?x) {}", "operators"),
    "+1": ("ASK { FILTER(1" + "+1" * 30_000 + ") }", "operators"),
    "-1": ("ASK { FILTER(1" + "-1" * 30_000 + ") }", "operators"),
    "*": ("ASK { FILTER(" + "*".join("2" * MANY) + ") }", "operators"),
    "||": ("ASK { FILTER(" + "||".join(["false"] * 12_000) + ") }", "operators"),
    "&&": ("ASK { FILTER(" + " && ".join(["(?a = 1)"] * 12_000) + ") }", "operators"),
    "path /": ("ASK { ?s " + "/".join(["<urn:p>"] * 3000) + " ?o }", "operators"),
    "path |": ("ASK { ?s " + "|".join(["<urn:p>"] * 12_000) + " ?o }", "operators"),
    "path ^": ("ASK { ?s " + "/".join(["^<urn:p>"] * 3000) + " ?o }", "operators"),
    "UNION": ("ASK { " + " UNION ".join(["{ }"] * 12_000) + " }", "patterns"),
    "OPTIONAL": ("ASK { " + "OPTIONAL {}" * 6400 + " }", "patterns"),
    "triples": ("ASK { " + " . ".join(["?s ?p ?o"] * 300) + " }", "patterns"),
    "objects": ("ASK { ?s ?p " + ",".join(["1"] * 300) + " }", "patterns"),
    "collection": ("ASK { ?s ?p (" + " 1" * 300 + ") }", "patterns"),
    "FILTER": ("ASK { " + "FILTER(true) " * 300 + "}", "patterns"),
}


def short(text: str) -> str:
    """Make a text fit below the ceiling for its length, so that the other ceilings are met."""
    return text[: Ceilings().text_bytes]


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_is_refused_and_the_ceiling_is_named(name: str) -> None:
    text, ceiling = CHAINS[name]
    with pytest.raises(QueryTooComplex, match=rf"^line 1: .* ceiling for {ceiling}"):
        check_ceilings(short(text), Ceilings())


def test_a_union_chain_is_also_an_operator_chain() -> None:
    text = "ASK { " + " UNION ".join(["{ }"] * 300) + " }"
    with pytest.raises(QueryTooComplex, match="operators in a row, 256"):
        check_ceilings(text, Ceilings(patterns=100_000))


def test_a_text_that_is_too_long_is_refused_by_its_bytes() -> None:
    with pytest.raises(QueryTooLong, match="13 bytes; the ceiling for its text is 11 bytes"):
        check_ceilings("ASK {} # äö", Ceilings(text_bytes=11))


def test_the_line_is_named() -> None:
    text = "ASK {\n\n FILTER(" + "!" * 300 + "true) }"
    with pytest.raises(QueryTooComplex, match=r"^line 3: .* operators in a row, 256$"):
        check_ceilings(text, Ceilings())


@pytest.mark.parametrize("depth", [127, 128])
def test_the_ceiling_itself_is_allowed(depth: int) -> None:
    check_ceilings("(" * depth + ")" * depth, Ceilings())


SERVICE = (
    "ASK { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "ASK { service silent ?x { ?s ?p ?o } }",
    "PREFIX : <http://example.org/> ASK { SERVICE:a { ?s ?p ?o } }",
    "ASK { ?s ?p 'it''s' . SERVICE <http://example.org/> {} }",
)


@pytest.mark.parametrize("text", SERVICE)
def test_another_service_is_never_asked(text: str) -> None:
    with pytest.raises(QueryRefused, match="line 1: SERVICE"):
        check_ceilings(text, Ceilings())


NORMAL = (
    "ASK { ?service <http://example.org/service#SERVICE> 'SERVICE' } # SERVICE",
    "PREFIX service: <http://example.org/> ASK { ?s service:SERVICE service:a }",
    'ASK { ?s ?p """' + "(" * 1000 + '""" }',
    "ASK { ?s ?p '''" + "!" * 1000 + "''' }",
    'ASK { ?s ?p "' + r"\"" + "(" * 1000 + '" }',
    "ASK { # " + "(" * 1000 + "\n }",
    "PREFIX ex: <http://example.org/#> ASK { ?s ex:a ?o FILTER(?o < 3 && ?o > 1) }",
    "ASK { FILTER(1 IN (" + ",".join(["1"] * 2500) + ")) }",
    "ASK { FILTER(1 IN (" + ",".join(["-1"] * 2500) + ")) }",
    "ASK { VALUES ?x { " + " ".join(f'"v{n}"' for n in range(11_000)) + " } }",
    "ASK { VALUES (?x ?y) { " + "(1 -2) " * 5000 + "} }",
    "ASK { VALUES ?x { " + " ".join("<http://example.org/a(b>" for _ in range(100)) + " } }",
    "SELECT * { ?s <http://example.org/a/b/c+d> ?o . " + "?s ex:a/ex:b ?o . " * 100 + "}",
    "PREFIX long-name: <http://example.org/> ASK { " + "?s long-name:p long-name:o . " * 190 + "}",
)


@pytest.mark.parametrize("text", NORMAL)
def test_what_only_looks_like_a_chain_passes(text: str) -> None:
    check_ceilings(text, Ceilings())


HARD_TO_READ = (
    '"' + r"\"" * 120_000,
    "'''" + r"\'" * 120_000,
    "a-" * 120_000,
    "a." * 120_000,
    "<a" * 120_000,
    "<" * 250_000,
    ":" + "." * 250_000,
    "@" * 250_000,
    '"""' + '""' * 120_000,
    "\\" * 250_000,
    "1." * 120_000,
)


@pytest.mark.parametrize("text", HARD_TO_READ, ids=[text[:6] for text in HARD_TO_READ])
def test_reading_takes_time_in_proportion_to_the_text(text: str) -> None:
    began = time.perf_counter()
    for _ in tokens(text):
        pass
    assert time.perf_counter() - began < 10  # some 0.3 s; a square of the length takes minutes


PIECES = (
    *("SELECT", "ASK", "UNION", "OPTIONAL", "VALUES", "SERVICE", "PREFIX", "a", "true", "?x"),
    *("{", "}", "(", ")", "[", "]", "<<", ">>", "<", ">", ".", ";", ",", "'", '"', '"""', "'''"),
    *("!", "+", "-", "*", "/", "|", "||", "&&", "^", "^^", "=", "\\", "#", "\n", " ", ":", "@en"),
    *("<http://example.org/>", "ex:a", "1", "1.5e3", "\u2028", "\x00", "\ud800", "é"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=300).map("".join) | st.text(max_size=200))
def test_any_text_passes_or_is_refused_in_the_projects_own_words(text: str) -> None:
    with contextlib.suppress(QueryError):
        check_ceilings(text, Ceilings(nesting=8, operators=8, patterns=8))


@given(st.text(max_size=200))
def test_tokens_stand_in_the_text_one_after_the_other(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert text.startswith(token.text, token.start)
        end = token.start + len(token.text)


TERMS = st.sampled_from(["?s", "?p", "<http://example.org/a>", "ex:b", '"x"@en', "1", "-2.5"])
NAMES = st.sampled_from(["?s", "<http://example.org/a>", "ex:b"])
TRIPLES = st.tuples(NAMES, NAMES, TERMS).map(" ".join)
FILTERS = st.tuples(TERMS, st.sampled_from(["=", "<", ">=", "+", "/"]), TERMS).map(
    lambda parts: f"FILTER({' '.join(parts)} && !false)"
)
GROUPS = st.recursive(
    st.lists(TRIPLES, max_size=4).map(lambda triples: "{ " + " . ".join(triples) + " }"),
    lambda inner: st.tuples(
        inner, st.sampled_from([" UNION ", " OPTIONAL ", " MINUS "]), inner, FILTERS
    ).map(lambda parts: "{ " + "".join(parts) + " }"),
    max_leaves=8,
)


@given(GROUPS)
def test_a_short_query_that_parses_is_never_refused(group: str) -> None:
    text = f"PREFIX ex: <http://example.org/>\nSELECT * WHERE {group}"
    ox.Store().query(text)  # it is a query
    check_ceilings(text, Ceilings())
