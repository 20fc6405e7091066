"""Counting the rows of a result in the bytes of each format."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.row_counts import rows_in
from hostagegraph.store import SOLUTION_FORMATS

AWKWARD = st.text("\"'\\,;{}[]<>&\r\n\t:xé😀", max_size=12) | st.sampled_from(
    ["},{", '"},{"', "<result>", "</result><result>", '""', "\r\n", '"\r\n"', '\\"},{\\"']
)
VALUES = st.one_of(
    st.none(),
    AWKWARD.map(ox.Literal),
    AWKWARD.map(lambda text: ox.Literal(text, language="en")),
    st.sampled_from([ox.NamedNode("http://example.org/a,b"), ox.Literal(7), ox.Literal(True)]),
    AWKWARD.map(
        lambda text: ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text))
    ),
)


def written(value: object) -> str:
    if isinstance(value, ox.Triple):
        return f"<<( {value} )>>"
    return "UNDEF" if value is None else str(value)


def result(columns: int, rows: list[list[object]], form: ox.QueryResultsFormat) -> bytes:
    names = " ".join(f"?x{n}" for n in range(columns))
    lines = " ".join(f"({' '.join(map(written, row))})" for row in rows)
    found = ox.Store().query(f"SELECT {names or '*'} {{ VALUES ({names}) {{ {lines} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=form) or b""


@given(st.data())
@pytest.mark.parametrize("media", SOLUTION_FORMATS)
def test_any_rows_are_counted_exactly(media: str, data: st.DataObject) -> None:
    columns = data.draw(st.integers(0, 3))
    row = st.lists(VALUES, min_size=columns, max_size=columns)
    rows = data.draw(st.lists(row, max_size=6))
    assert rows_in(media, result(columns, rows, SOLUTION_FORMATS[media])) == len(rows)
