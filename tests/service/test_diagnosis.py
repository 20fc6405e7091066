"""Why a query does not parse: the place, the reason and what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.errors import QuerySyntaxError
from hostagegraph.service.problems import problem_of
from hostagegraph.service.text.diagnosis import FUNCTIONS, KEYWORDS, diagnose
from hostagegraph.service.text.hints import explain, unknown_function
from hostagegraph.store import check_syntax
from tests.service.conftest import Service
from tests.service.world import BASE


def told(text: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        check_syntax(text, BASE)
    return explain(caught.value, text, BASE)


@pytest.mark.parametrize(
    ("text", "message", "column", "hint"),
    [
        ("ASK { ?s ex:p ?o }", "prefix `ex:` is not declared", 10, "add PREFIX ex: <…>"),
        ("SELCT ?x {}", "SPARQL has no keyword `SELCT`", 1, "did you mean SELECT?"),
        ("ASK {} ORDR BY ?x", "SPARQL has no keyword `ORDR`", 8, "did you mean ORDER?"),
        ("ASK { FILTR(?o) }", "SPARQL has no function `FILTR`", 7, "did you mean FILTER?"),
        ("ASK { FILTER(STRLENN(1)) }", "SPARQL has no function `STRLENN`", 14, "STRLEN?"),
        ("ASK { ?s ?p ?o ", "`{` is not closed", 5, ""),
        ("ASK { ?s ?p ?o )", "`)` closes `{` of line 1", 16, "close `{` first"),
        ("ASK { ?s ?p ?o } }", "`}` closes nothing", 18, ""),
        ("ASK { ?s ?p ?o ?a ?b ?c }", "a full stop, `;` or `,` is missing", 16, "full stop"),
        ("ASK { ?s ?p 'abc }", "the text that ' begins does not end", 13, "three quotes"),
        ('ASK { ?s ?p """abc" }', 'the text that """ begins does not end', 13, ""),
        ("", "the query is empty", 1, "begin with SELECT"),
        ("# nothing", "the query is empty", 1, "begin with SELECT"),
        ("LOAD <file:///etc/passwd>", "LOAD is an update; the data are read-only", 1, ""),
        ("BASE <a:b> INSERT DATA { <a> <b> 1 }", "INSERT is an update", 12, ""),
        ("PREFIX insert: <a:b> clear all", "CLEAR is an update", 22, ""),
        ("SELECT * {} GROUP BY ?s", "SELECT * is not authorized with GROUP BY", 24, ""),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?y 1 }", "The SELECT contains a variable", 40, ""),
        ("SELECT * { ?s ?p }", "not understood near `}`", 19, ""),
    ],
)
def test_a_mistake_is_told_where_it_is(text: str, message: str, column: int, hint: str) -> None:
    error = told(text)
    assert str(error).startswith(message)
    assert error.column == column
    assert hint in error.hint


def test_what_the_engine_expected_never_reaches_a_reader() -> None:
    for text in ("ASK { ?s ex:p ?o }", "SELECT { ?s ?p ?o }", "ASK { ?s ?p 'a'@ }", "ASK { ?s }"):
        assert "expected" not in str(told(text))


def test_a_caret_stands_below_the_mistake() -> None:
    text = "SELECT * {\n\t  ?s nope:p ?o\n}"
    members = problem_of(told(text), BASE, text).members
    assert members["excerpt"] == "?s nope:p ?o"
    assert members["caret"] == "   ^"
    assert (members["line"], members["column"]) == (2, 7)


def test_a_caret_finds_its_place_in_a_long_line() -> None:
    text = f"ASK {{ ?s ?p '{'x' * 500}' . ?s nope:p ?o . ?s ?p '{'y' * 500}' }}"
    members = problem_of(told(text), BASE, text).members
    assert members["excerpt"][len(members["caret"]) - 1 :].startswith("nope:p")


@given(st.text(max_size=80) | st.text("{}()[]<>\"'\\.;,?:a1 #\n|^/!", max_size=80))
def test_any_text_is_diagnosed_without_a_fault(text: str) -> None:
    found = diagnose(text)
    assert found is None or (found.line >= 1 and found.column >= 1)


@pytest.mark.parametrize("name", sorted(FUNCTIONS - {"SAMPLE"})[::6])
def test_a_function_that_is_known_here_is_known_to_the_engine(name: str) -> None:
    calls = [f"{name}({', '.join(['?x'] * count)})" for count in range(5)] + [f"{name}(*)"]
    assert any(_parses(f"SELECT ({call} AS ?y) {{}} GROUP BY ?x") for call in calls)


def _parses(text: str) -> bool:
    try:
        check_syntax(text)
    except QuerySyntaxError:
        return False
    return True


def test_no_word_is_keyword_and_function() -> None:
    assert not KEYWORDS & FUNCTIONS


def test_a_cast_that_is_nearly_known_is_proposed() -> None:
    iri = "http://www.w3.org/2001/XMLSchema#"
    assert unknown_function(f"{iri}datetime").endswith(f"did you mean <{iri}dateTime>?")
    assert unknown_function("urn:f") == "function <urn:f> is not known; its calls are errors"


def check(service: Service, text: str) -> dict[str, object]:
    response = service.client.post("/sparql/check", data={"query": text})
    assert response.status_code == 200
    found = response.json()
    assert isinstance(found, dict)
    return found


def test_an_editor_can_have_a_query_checked(service: Service) -> None:
    good = check(service, "PREFIX hg: <ns#> SELECT (<urn:f>(1) AS ?x) { ?e hg:actr ?a }")
    assert good == {
        "ok": True,
        "unknown_functions": ["urn:f"],
        "unattributed": "",
        "unknown_terms": [{"name": "hg:actr", "nearest": "hg:actor"}],
    }
    wrong = check(service, "SELECT * {\n ?s nope:p ?o }")
    assert wrong["ok"] is False
    assert (wrong["line"], wrong["column"]) == (2, 5)
    assert wrong["hint"] == "add PREFIX nope: <…>"
    assert "hg:content ?e" in str(
        check(service, "PREFIX hg: <ns#> ASK { ?e hg:actor ?a }")["unattributed"]
    )


def test_a_check_evaluates_nothing_and_keeps_the_ceilings(service: Service) -> None:
    numbers = " ".join(map(str, range(100)))
    blocks = " ".join(f"VALUES ?v{n} {{ {numbers} }}" for n in range(6))
    assert check(service, f"SELECT (COUNT(*) AS ?n) {{ {blocks} }}")["ok"] is True
    deep = check(service, "ASK { FILTER(" + "(" * 200 + "1" + ")" * 200 + ") }")
    assert deep["ok"] is False
    assert "ceiling" in str(deep["message"])
    assert check(service, "ASK { SERVICE <urn:x> {} }")["ok"] is False
