"""Habits of the text of a saved query: FILTERs that scan, names of grlc's, lines of VALUES."""

import pyoxigraph as ox
import pytest

from hostagegraph.groups import masked
from hostagegraph.query_lints import Lint, is_whole_line, lints, values_lines
from hostagegraph.store import select

TEXT = """\
SELECT ?claim WHERE {
  VALUES ?source { <id/source/example-gazette-1900> }
  ?claim hg:inSource ?source ; a ?kind .
  FILTER
}
"""


def found(filtered: str, *droppable: str) -> list[Lint]:
    return list(lints(TEXT.replace("FILTER", filtered), droppable, {}))


@pytest.mark.parametrize(
    "filtered",
    [
        "FILTER (?source = <id/source/example-gazette-1900>)",
        "FILTER(hg:Claim=?kind)",
        "FILTER (?day > ?other && ?kind = hg:Claim)",
        "FILTER (?kind IN (hg:Claim, hg:Leak))",
    ],
)
def test_a_filter_that_scans_is_refused(filtered: str) -> None:
    (lint,) = found(filtered)
    assert (lint.line, lint.column, lint.param) == (4, 1, "")
    assert lint.message.startswith("this FILTER scans everything")


@pytest.mark.parametrize(
    "filtered",
    [
        "FILTER (?source != <id/source/example-gazette-1900>)",
        "FILTER (?kind NOT IN (hg:Claim, hg:Leak))",
        "FILTER (?day = xsd:date(?other))",
        "FILTER (STR(?kind) = '?kind = hg:Claim') # FILTER(?kind = hg:Claim)",
        "FILTER (?kind = hg:Claim || ?day > ?other)",
        "FILTER NOT EXISTS { ?claim hg:inSource ?other . FILTER (?other != ?source) }",
        "FILTER (!BOUND(?since) || EXISTS { ?claim a ?kind . FILTER (?day < ?other) })",
    ],
)
def test_a_filter_that_is_needed_is_left_alone(filtered: str) -> None:
    assert found(filtered, "since") == []


@pytest.mark.parametrize(
    "filtered", ["FILTER (?day >= ?since)", "FILTER (BOUND(?since) || ?day >= ?since)"]
)
def test_a_filter_needs_to_hold_without_a_value(filtered: str) -> None:
    message = "without a value this finds nothing; write `!BOUND(?since) || …`"
    assert found(filtered, "since") == [Lint(4, 1, message, "since")]
    assert found(filtered) == []


def test_a_name_of_grlc_is_told_with_its_column() -> None:
    (lint,) = found("?claim a $_kind, '?_x' . # ?_y")
    assert (lint.line, lint.column) == (4, 12)
    assert "grlc takes $_kind for a parameter" in lint.message


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("VALUES ?a { 1 }", [1]),
        ("\nvalues\n?a { 1 }", [2]),
        ("VALUES (?b ?a) { (1 2) }\nVALUES ?a { 1 }", [1, 2]),
        ("VALUES ?ab { 1 } # VALUES ?a { 1 }\n'VALUES ?a { 1 }'", []),
    ],
)
def test_values_are_found_where_they_bind_the_variable(text: str, lines: list[int]) -> None:
    assert values_lines(text, "a") == lines


def test_a_whole_line_holds_values_alone() -> None:
    lines = [
        "  VALUES ?a { 1 }",
        "VALUES ?a { '}' } # so",
        "VALUES ?a { 1 } ?s ?p ?o",
        "VALUES ?a {",
    ]
    text = "\n".join(lines)
    assert [is_whole_line(text, n, "a") for n in (1, 2, 3, 4)] == [True, True, False, False]


def test_strings_comments_and_iris_are_masked_in_place() -> None:
    text = """<a#b> 'it' "a" # ?z\n?a < ?b '''x\ny'''"""
    assert masked(text) == """<iii> '  ' " "     \n?a < ?b '   \n   '"""
    assert len(masked(text)) == len(text)


@pytest.mark.parametrize("text", ['"', "'''", '"abc', "<a", "", "\\"])
def test_what_is_left_open_keeps_its_length(text: str) -> None:
    assert len(masked(text)) == len(text)


# What VALUES reaches: `told` is what the lint says, and `right` how the same is written well

SPEAKER = "VALUES ?it { <id/agent/a> }"
REACH = {
    "a FILTER in a nested group": (
        "{ ?s ?p ?o . FILTER (?o != ?it) }",
        "does not reach this expression",
    ),
    "a FILTER in a branch of UNION": (
        "{ ?s ?p ?o } UNION { ?s ?q ?o FILTER (STR(?o) = STR(?it)) }",
        "does not reach this expression",
    ),
    "a BIND in a nested group": ("{ BIND (STR(?it) AS ?name) }", "does not reach this expression"),
    "a FILTER two options deep": (
        "OPTIONAL { ?s ?p ?o OPTIONAL { ?o ?q ?r FILTER (?r != ?it) } }",
        "does not reach this expression",
    ),
    "a sub-query that does not project it": (
        "{ SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s ?it ?o } GROUP BY ?s }",
        "the sub-query does not project ?it",
    ),
    "an expression in a sub-query": (
        "{ SELECT ?s ?it WHERE { ?s ?p ?o FILTER (?o != ?it) } }",
        "does not reach this expression",
    ),
}
REACHED = [
    "?s ?p ?it",
    "FILTER (?s != ?it)",
    "{ ?s ?p ?it }",
    "{ ?s ?p ?it FILTER (?it != ?s) }",
    "{ ?s ?p ?it } UNION { ?it ?p ?s }",
    "OPTIONAL { ?s ?p ?o FILTER (?o != ?it) }",
    "OPTIONAL { ?s ?p ?it OPTIONAL { ?s ?q ?it } }",
    "FILTER NOT EXISTS { ?s ?p ?o FILTER (?o != ?it) }",
    "FILTER (?s > 1 || EXISTS { ?s ?p ?it })",
    "GRAPH ?g { ?s ?p ?it }",
    "MINUS { ?s ?p ?it }",
    "{ SELECT ?s ?it WHERE { ?s ?p ?it } }",
    "{ SELECT * WHERE { ?s ?p ?it } }",
    "{ SELECT ?it (COUNT(?s) AS ?n) { ?s ?p ?it FILTER (?it != ?s) } GROUP BY ?it }",
    "{ { ?s ?p ?it } FILTER (?it != ?s) }",
    "BIND (STR(?it) AS ?name)",
]


def reach(line: str, inner: str, around: str = "SELECT * WHERE {{\n{0}\n{1}\n}}") -> list[Lint]:
    text = around.format(line, inner)
    return list(lints(text, (), {"it": values_lines(text, "it")[0]}))


@pytest.mark.parametrize(("inner", "told"), REACH.values(), ids=REACH)
def test_what_values_does_not_reach_is_told(inner: str, told: str) -> None:
    (lint,) = reach(SPEAKER, inner)
    assert (lint.line, lint.param) == (3, "it")
    assert told in lint.message


@pytest.mark.parametrize("inner", REACHED)
def test_what_values_reaches_is_left_alone(inner: str) -> None:
    assert reach(SPEAKER, inner) == []


@pytest.mark.parametrize(
    "around",
    [
        "SELECT * {{ {{ ?s ?p ?o }} UNION {{\n{0}\n?it ?p ?o }}\n{1} }}",
        "SELECT * {{ OPTIONAL {{\n{0}\n?it ?p ?o }}\n{1} }}",
        "SELECT * {{ FILTER EXISTS {{\n{0}\n?it ?p ?o }}\n{1} }}",
        "SELECT * {{ {{ SELECT ?o {{\n{0}\n?it ?p ?o }} }}\n{1} }}",
    ],
)
def test_values_in_a_group_apart_do_not_reach_the_rest(around: str) -> None:
    (lint,) = reach(SPEAKER, "?s ?q ?it", around)
    assert "VALUES ?it stands in another group" in lint.message


@pytest.mark.parametrize(
    "around",
    [
        "SELECT * {{ {{\n{0}\n?it ?p ?o }}\n{1} }}",
        "SELECT * {{ {{ SELECT ?it {{\n{0}\n?it ?p ?o }} }}\n{1} }}",
        "SELECT (COUNT(?it) AS ?n) ?o {{ ?s ?p ?o OPTIONAL {{\n{0}\n{1} }} }} GROUP BY ?o",
        "SELECT ?it {{ ?s ?p ?o OPTIONAL {{\n{0}\n{1} }} }} ORDER BY ?it",
        "CONSTRUCT {{ ?it ?p ?o }} {{\n{0}\n{1} }}",
        "SELECT * {{ {1} }}\n{0}\n",
    ],
)
def test_values_reach_what_is_joined_to_their_group(around: str) -> None:
    assert reach(SPEAKER, "?s ?q ?it", around) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "{ ?s <p:> ?o . FILTER (STR(?o) = STR(?it)) }",
            "?s <p:> ?o . FILTER (STR(?o) = STR(?it))",
        ),
        (
            "{ ?s <q:> ?o } UNION { ?s <p:> ?o . FILTER (STR(?o) = STR(?it)) }",
            "{ ?s <q:> ?o } UNION { ?s <p:> ?o } FILTER (STR(?o) = STR(?it))",
        ),
        (
            "{ SELECT ?s (COUNT(?it) AS ?n) WHERE { ?s <p:> ?it } GROUP BY ?s }",
            "{ SELECT ?s ?it (COUNT(?it) AS ?n) WHERE { ?s <p:> ?it } GROUP BY ?s ?it }",
        ),
    ],
    ids=["nested group", "branch of UNION", "sub-query"],
)
def test_the_traps_are_real(wrong: str, right: str) -> None:
    """What the lint refuses gives other rows than what was meant, and the engine says nothing."""
    store = ox.Store()
    pairs = [("s:1", "p:", "o:1"), ("s:2", "p:", "o:2")]
    store.extend(ox.Quad(*(ox.NamedNode(part) for part in triple)) for triple in pairs)
    line = "VALUES ?it { <o:1> }"
    rows = [
        [str(row["s"]) for row in select(store, f"SELECT ?s {{\n{line}\n{inner}\n}}")]
        for inner in (wrong, right)
    ]
    assert rows[1] == ["<s:1>"]
    assert rows[0] != rows[1]
    assert (len(reach(line, wrong)), len(reach(line, right))) == (1, 0)
