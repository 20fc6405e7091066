"""The options of `hostagegraph query NAME`: parameters by name, and our own."""

import pytest

from hostagegraph.errors import ParameterError
from hostagegraph.query_options import help_text, read_options
from tests.test_queries_folder import CATALOGUE

QUERY = CATALOGUE.get("statements-by-anonymous-officials")
GRAPH = CATALOGUE.get("record-of-a-claim")


@pytest.mark.parametrize(
    "words",
    [
        ["--since", "2024-02-01", "--source", "a", "--source", "b"],
        ["--since=2024-02-01", "--source=a", "--source=b"],
        ["since=2024-02-01", "source=a", "source=b"],
    ],
)
def test_a_value_may_be_given_in_three_ways(words: list[str]) -> None:
    asked = read_options(QUERY, words)
    assert asked.values == {"since": ("2024-02-01",), "source": ("a", "b")}
    assert (asked.media, asked.sources, asked.help) == ("text/csv", None, False)


def test_a_value_may_hold_any_sign() -> None:
    assert read_options(QUERY, ["--source", "a=b"]).values == {"source": ("a=b",)}
    assert read_options(QUERY, ["--source=--x", "--since", "-1"]).values == {
        "source": ("--x",),
        "since": ("-1",),
    }


@pytest.mark.parametrize(
    ("form", "media"),
    [("tsv", "text/tab-separated-values"), ("json", "application/sparql-results+json")],
)
def test_the_format_is_chosen_by_its_ending(form: str, media: str) -> None:
    assert read_options(QUERY, ["--format", form]).media == media


def test_a_graph_has_formats_of_its_own() -> None:
    assert read_options(GRAPH, []).media == "text/turtle"
    assert read_options(GRAPH, ["--format=jsonld"]).media == "application/ld+json"
    with pytest.raises(
        ParameterError, match='format: "csv" is not offered here; choose one of ttl'
    ):
        read_options(GRAPH, ["--format", "csv"])


def test_source_policies_are_handed_on_as_given() -> None:
    asked = read_options(QUERY, ["--sources", "on-record,no-leaks", "--source", "a"])
    assert asked.sources == ("on-record,no-leaks",)
    assert asked.values == {"source": ("a",)}


def test_all_that_is_not_understood_is_told_with_what_was_meant() -> None:
    with pytest.raises(ParameterError) as caught:
        read_options(QUERY, ["--sinse", "2024-02-01", "--fromat=csv", "--scope", "\x1b", "--until"])
    assert caught.value.problems == {
        "sinse": "unknown option (did you mean since?)",
        "fromat": "unknown option (did you mean format?)",
        "until": "a value is missing; write --until VALUE",
    }


def test_the_help_of_a_query_lists_parameters_with_types_and_examples() -> None:
    lists = {"sources": (("source/example-gazette-1900", "Example Gazette"),)}
    assert read_options(QUERY, ["--since", "x", "--help"]).help
    told = help_text(QUERY, lists)
    for param in QUERY.params:
        assert f"  --{param.name}  {param.label} ({param.type}, " in told
    assert "example: --since 2024-01-01" in told
    assert "one of: strict, broad" in told
    assert "such as: source/example-gazette-1900 (Example Gazette)" in told
    assert "--format   csv, tsv, json, xml" in told
    assert "--sources  on-record" in told
    assert "--sources" not in help_text(GRAPH, {})
