"""Habits of the text of a saved query: FILTERs that scan, names of grlc's, lines of VALUES."""

import pytest

from hostagegraph.query_lints import Lint, is_whole_line, lints, masked, values_lines

TEXT = """\
SELECT ?claim WHERE {
  VALUES ?source { <id/source/example-gazette-1900> }
  ?claim hg:inSource ?source ; a ?kind .
  FILTER
}
"""


def found(filtered: str, *droppable: str) -> list[Lint]:
    return list(lints(TEXT.replace("FILTER", filtered), droppable))


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
