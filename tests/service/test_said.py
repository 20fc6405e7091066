"""The columns that say who says so, on rows of the invented sample."""

import csv
import io
import json

import pyoxigraph as ox
import pytest

from hostagegraph.service.questions.said import COLUMNS, explained
from hostagegraph.service.rows import JSON, Rows
from hostagegraph.store import SOLUTION_FORMATS
from hostagegraph.voices import Claims
from tests.test_voices import HERE, claims

__all__ = ["claims"]


def rows(*numbers: str) -> Rows:
    bindings = [{"claim": {"type": "uri", "value": f"{HERE}c{number}"}} for number in numbers]
    told = {"head": {"vars": ["claim"]}, "results": {"bindings": bindings}}
    return Rows.read(json.dumps(told).encode())


def table(found: Rows) -> list[dict[str, str]]:
    text = found.written("text/csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_tells_voice_outlet_day_kind_hearsay_denial_and_passage(claims: Claims) -> None:
    (row,) = table(explained(rows("0103-06"), "claim", claims))
    assert row == {
        "claim": f"{HERE}c0103-06",
        "said_by": "Two Freedonian diplomats",
        "published_in": "Example Gazette, 8 January 1900",
        "date": "../1900-01-08",
        "attribution": "anonymous",
        "depth": "1",
        "denied_by": "Basil Thrumm",
        "passage": f"{HERE}p-946-1080 (946-1080); {HERE}p-1081-1098 (1081-1098)",
    }


def test_a_stance_other_than_asserting_stands_behind_the_name(claims: Claims) -> None:
    found = table(explained(rows("0105-07", "0105-09", "0101-01"), "claim", claims))
    assert [(row["said_by"], row["depth"]) for row in found] == [
        ("Members of the cabinet (believes)", "1"),
        ("Ottilie Quill", "1"),
        ("Example Gazette", "0"),
    ]


def test_a_row_without_a_known_claim_has_empty_cells(claims: Claims) -> None:
    (row,) = table(explained(rows("9999-01"), "claim", claims))
    assert row == {"claim": f"{HERE}c9999-01", **dict.fromkeys(COLUMNS, "")}


def test_a_column_of_the_query_is_not_overwritten(claims: Claims) -> None:
    own = {"type": "literal", "value": "its own"}
    given = Rows(("claim", "date"), ({**rows("0101-01").rows[0], "date": own},))
    (row,) = table(explained(given, "claim", claims))
    assert (row["date"], row["said_by"]) == ("its own", "Example Gazette")


@pytest.mark.parametrize("media", SOLUTION_FORMATS)
def test_each_format_says_the_same(claims: Claims, media: str) -> None:
    found = explained(rows("0103-06", "0105-07"), "claim", claims)
    if media == "text/csv":
        assert table(found)[1]["attribution"] == "anonymous"
        return
    again = ox.parse_query_results(found.written(media), format=SOLUTION_FORMATS[media])
    assert isinstance(again, ox.QuerySolutions)
    expected = Rows.read(found.written(JSON)).rows
    assert [row["said_by"].value for row in again] == [row["said_by"]["value"] for row in expected]
