"""The EDTF subset and its four bounds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.dates import Bounds, bounds_of, first_day
from hostagegraph.errors import DateError


def d(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def bounds(a: str, b: str, c: str, e: str) -> Bounds:
    return Bounds(d(a), d(b), d(c), d(e))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1900", bounds("1900-01-01", "1900-12-31", "1900-01-01", "1900-12-31")),
        ("2024-02", bounds("2024-02-01", "2024-02-29", "2024-02-01", "2024-02-29")),
        ("1900-02-28", bounds("1900-02-28", "1900-02-28", "1900-02-28", "1900-02-28")),
        ("1900-03~", bounds("1900-03-01", "", "", "1900-03-31")),
        ("1900-03-05?", bounds("1900-03-05", "", "", "1900-03-05")),
        ("1900%", bounds("1900-01-01", "", "", "1900-12-31")),
        ("1900-01/1900-03", bounds("1900-01-01", "1900-01-31", "1900-03-01", "1900-03-31")),
        (
            "1900-01-10/1900-01",
            bounds("1900-01-10", "1900-01-10", "1900-01-10", "1900-01-31"),
        ),
        ("1900-01/1900-01-10", bounds("1900-01-01", "1900-01-10", "1900-01-10", "1900-01-10")),
        ("1900-01-01~/1900-01-10~", bounds("1900-01-01", "", "", "1900-01-10")),
        ("1900-01-01/1900-01-10?", bounds("1900-01-01", "1900-01-01", "", "1900-01-10")),
        ("1900-01-01%/1900-01-10", bounds("1900-01-01", "", "1900-01-10", "1900-01-10")),
        ("../1900-01-10", bounds("", "", "1900-01-10", "1900-01-10")),
        ("/1900-01-10", bounds("", "", "1900-01-10", "1900-01-10")),
        ("1900-01-10/..", bounds("1900-01-10", "1900-01-10", "", "")),
        ("1900-01-10/", bounds("1900-01-10", "1900-01-10", "", "")),
        ("1900-01-10~/..", bounds("1900-01-10", "", "", "")),
        ("../..", bounds("", "", "", "")),
        (
            "[1900-02-04..1900-02-10]",
            bounds("1900-02-04", "1900-02-10", "1900-02-04", "1900-02-10"),
        ),
        ("[1900-02..1900-03]", bounds("1900-02-01", "1900-03-31", "1900-02-01", "1900-03-31")),
    ],
)
def test_each_form_gives_the_bounds_of_the_table(text: str, expected: Bounds) -> None:
    assert bounds_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "190",
        "1900-1",
        "1900-13",
        "1900-02-30",
        "0000",
        "1900-02-10/1900-02-01",
        "[1900-03..1900-02]",
        "[1900-02..]",
        "[..1900-02]",
        "[1900-02~..1900-03]",
        "1900-02..1900-03",
        "1900-XX",
        "Y19000",
        "-1900",
        "1900-02-03T10:00",
        "1900-02~?",
        "1900/1901/1902",
        " 1900",
        "١٩٠٠",
        "1900-21",
    ],
)
def test_every_other_form_is_refused_with_advice(text: str) -> None:
    with pytest.raises(DateError) as caught:
        bounds_of(text)
    assert repr(text) in str(caught.value)


def test_a_refusal_lists_the_accepted_forms() -> None:
    with pytest.raises(DateError, match=r"YYYY, YYYY-MM or YYYY-MM-DD.*A/B.*\[A\.\.B\]"):
        bounds_of("spring 1900")


days = st.dates(date(1, 1, 1), date(9999, 12, 1))


@given(days, st.integers(0, 900))
def test_bounds_keep_their_order(first: date, more: int) -> None:
    last = min(first + timedelta(days=more), date(9999, 12, 31))
    for text in (f"{first}/{last}", f"[{first}..{last}]", f"{first.isoformat()[:7]}/{last}"):
        found = bounds_of(text)
        assert found.start_min is not None
        assert found.start_max is not None
        assert found.end_min is not None
        assert found.end_max is not None
        assert found.start_min <= found.start_max <= found.end_max
        assert found.start_min <= found.end_min <= found.end_max


@given(days)
def test_a_day_is_its_own_first_and_last_day(day: date) -> None:
    assert bounds_of(day.isoformat()) == Bounds(day, day, day, day)
    assert first_day(f"{day.isoformat()}/..") == day
