"""Frames: typed columns, and rows that still know who says so, however they were chosen."""

import datetime
import pickle
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from hostagegraph.client import Graph, NotTold
from tests.projects import BASE

OFFICIALS = "statements-by-anonymous-officials"
CLAIM = f"{BASE}id/example-gazette-1900/c0103-02"


def test_the_columns_of_a_saved_query_have_their_types(graph: Graph) -> None:
    frame = graph.q(OFFICIALS)
    assert frame["earliest"].dtype == "datetime64[s]"
    assert frame["earliest"].isna().tolist() == [False, False, True, True]
    assert frame["earliest"].dt.year.dropna().unique().tolist() == [1900]
    assert frame["item"].dtype == "string"
    assert str(graph.q("statements-per-month")["statements"].dtype) == "Int64"


@pytest.mark.parametrize(
    ("cells", "dtype", "values"),
    [
        ('"1900-01-03"^^xsd:date UNDEF', "datetime64[s]", [pd.Timestamp("1900-01-03"), pd.NaT]),
        ("7 UNDEF -2", "Int64", [7, pd.NA, -2]),
        ("99999999999999999999 1", "object", [99999999999999999999, 1]),
        ("1.5 2", "Float64", [1.5, 2.0]),
        ("0.12345678901234567890123", "object", [Decimal("0.12345678901234567890123")]),
        ("1.5e0 UNDEF", "Float64", [1.5, pd.NA]),
        ("true UNDEF false", "boolean", [True, pd.NA, False]),
        ("'a'@en <https://example.org/a>", "string", ["a", "https://example.org/a"]),
        ("UNDEF UNDEF", "string", [pd.NA, pd.NA]),
        # What names no day stays the text it is, and so does a column of more than one kind.
        ("'1900'^^xsd:gYear '1901'^^xsd:gYear", "string", ["1900", "1901"]),
        ("'1900-01'^^xsd:gYearMonth", "string", ["1900-01"]),
        ("'1900-01~/'^^<http://id.loc.gov/datatypes/edtf/EDTF>", "string", ["1900-01~/"]),
        ("'1900-01-03'^^xsd:date '1900'^^xsd:gYear", "string", ["1900-01-03", "1900"]),
        ("'1900-01-03Z'^^xsd:date", "string", ["1900-01-03Z"]),
        ("'1900-02-30'^^xsd:date", "string", ["1900-02-30"]),
        ("1 'one'", "string", ["1", "one"]),
        (
            "'1900-01-03T12:00:00'^^xsd:dateTime",
            "datetime64[us]",
            [pd.Timestamp("1900-01-03T12:00:00")],
        ),
        (
            "'1900-01-03T12:00:00+02:00'^^xsd:dateTime",
            "datetime64[us, UTC]",
            [pd.Timestamp("1900-01-03T10:00:00Z")],
        ),
        (
            "'1900-01-03T12:00:00Z'^^xsd:dateTime '1900-01-03T12:00:00'^^xsd:dateTime",
            "string",
            ["1900-01-03T12:00:00Z", "1900-01-03T12:00:00"],
        ),
    ],
)
def test_a_column_has_the_one_type_of_its_cells(
    graph: Graph, cells: str, dtype: str, values: list[Any]
) -> None:
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
    numbered = " ".join(f"({n} {cell})" for n, cell in enumerate(cells.split()))
    frame = graph.sparql(f"{prefix} SELECT ?x {{ VALUES (?n ?x) {{ {numbered} }} }} ORDER BY ?n")
    assert str(frame["x"].dtype) == dtype
    pd.testing.assert_series_equal(frame["x"], pd.Series(values, dtype=dtype, name="x"))


def test_an_empty_column_keeps_its_declared_type(graph: Graph) -> None:
    answer = graph.answer("statements-of-a-speaker", speaker="agent/example-gazette")
    assert len(answer) == 0
    assert list(answer.frame().columns) == list(answer.variables)
    declared = type(answer)(
        ("day", "count", "what"), [], "", "", "", types={"day": "xsd:date", "count": "xsd:integer"}
    )
    assert [str(each) for each in declared.frame().dtypes] == ["datetime64[s]", "Int64", "string"]


def test_rows_that_were_chosen_and_sorted_know_who_says_so(graph: Graph) -> None:
    frame = graph.q(OFFICIALS)
    told = frame.sources()
    assert list(told.index) == list(frame.index)
    chosen = frame[frame["via"] == "chain"].sort_values("claim", ascending=False)
    pd.testing.assert_frame_equal(chosen.sources(), told.loc[chosen.index])
    row = told[told["claim"] == CLAIM].iloc[0]
    assert row["said_by"] == "senior harbour official"
    assert row["attribution"] == "anonymous"
    assert row["depth"] == 1
    assert row["passage"].startswith(f"{BASE}id/example-gazette-1900/p-")


def test_who_says_so_is_the_same_in_columns_and_on_its_own(graph: Graph) -> None:
    frame = graph.q(OFFICIALS, explain=True)
    told = frame.sources()
    pd.testing.assert_frame_equal(frame[list(told.columns)], told, check_like=True)
    pd.testing.assert_frame_equal(graph.q(OFFICIALS).sources(), told)


def test_a_row_is_cited_by_its_label_as_a_row_or_by_its_claim(graph: Graph) -> None:
    frame = graph.q(OFFICIALS).sort_values("claim", ascending=False)
    chosen = frame[frame["item"] == CLAIM]
    text = frame.cite(CLAIM)
    assert CLAIM in text
    assert frame.cite(chosen.index[0]) == text
    assert chosen.reset_index(drop=True).cite(0) == text
    assert frame.cite(chosen.iloc[0]) == text
    assert OFFICIALS in frame.cite()


def test_what_cannot_be_cited_is_told(graph: Graph) -> None:
    frame = graph.q(OFFICIALS)
    with pytest.raises(NotTold, match="claim"):
        frame.drop(columns="claim").cite(0)
    doubled = frame.set_index("via")
    with pytest.raises(NotTold, match="chain"):
        doubled.cite("chain")
    with pytest.raises(NotTold, match="no claim"):
        graph.q("agents").sources()
    with pytest.raises(NotTold, match="not made from one answer"):
        _ = pd.concat([frame, frame]).receipt
    with pytest.raises(NotTold, match="saved queries alone"):
        _ = graph.sparql("SELECT ?s { ?s ?p ?o } LIMIT 1").receipt


def test_a_frame_for_reading_has_names_in_place_of_addresses(graph: Graph) -> None:
    frame = graph.q(OFFICIALS).labels()
    assert "speakerLabel" not in frame.columns
    assert set(frame["speaker"]) >= {"senior harbour official", "Two Freedonian diplomats"}


def test_a_frame_can_be_pickled(graph: Graph) -> None:
    frame = graph.q(OFFICIALS)
    again = pickle.loads(pickle.dumps(frame))  # noqa: S301 - our own bytes
    pd.testing.assert_frame_equal(again, frame)
    assert again.cite(0) == frame.cite(0)
    again.answer.asked.connection.close()


def test_a_day_of_a_frame_is_a_value_to_ask_with(graph: Graph) -> None:
    latest = graph.q(OFFICIALS)["earliest"].max()
    by_frame = graph.q(OFFICIALS, since=latest)
    by_date = graph.q(OFFICIALS, since=datetime.date(1900, 1, 3))
    assert by_frame.url == by_date.url == graph.q(OFFICIALS, since="1900-01-03").url


def test_the_catalogue_is_a_frame(graph: Graph) -> None:
    catalogue = graph.queries()
    assert catalogue.loc[OFFICIALS, "parameters"] == "scope, since, until, source"
    assert catalogue.loc[OFFICIALS, "claim"] == "claim"
    assert not catalogue.loc["agents", "obeys_policies"]
