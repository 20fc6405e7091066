"""Read a date of the accepted EDTF subset; give its four bounds."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from hostagegraph.errors import DateError

FORMS = (
    "YYYY, YYYY-MM or YYYY-MM-DD, each with an optional ?, ~ or %; an interval A/B of these, "
    "with .. or nothing for an open end; or [A..B] for one day within a range"
)

_TOKEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The earliest and latest first day, the earliest and latest last day; None is open."""

    start_min: date | None = None
    start_max: date | None = None
    end_min: date | None = None
    end_max: date | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    """One date: its first and last day, and whether it carries a qualifier."""

    first: date
    last: date
    qualified: bool


def bounds_of(text: str) -> Bounds:
    """Give the bounds of an EDTF expression.

    Raises DateError for any form outside the subset, for a day that no calendar has, and where
    the first day would lie after the last.

    >>> bounds_of("2024-02").start_max
    datetime.date(2024, 2, 29)
    >>> bounds_of("2024-02-23~/..")
    Bounds(start_min=datetime.date(2024, 2, 23), start_max=None, end_min=None, end_max=None)
    """
    found = _range_bounds(text) if text.startswith("[") else _interval_bounds(text)
    if found.start_min and found.end_max and found.start_min > found.end_max:
        raise DateError(f"{text!r} ends before it begins; put the earlier date first")
    return found


def first_day(text: str) -> date | None:
    """Give the first possible day of an EDTF expression, None if it is open."""
    return bounds_of(text).start_min


def _interval_bounds(text: str) -> Bounds:
    left, slash, right = text.partition("/")
    if not slash:
        only = _token(left, text)
        if only.qualified:
            return Bounds(start_min=only.first, end_max=only.last)
        return Bounds(only.first, only.last, only.first, only.last)
    if not (left or right):
        raise DateError(f"{text!r} says nothing; leave the date out, or write {FORMS}")
    begin, end = _end(left, text), _end(right, text)
    start_max = begin.last if begin else None
    end_min = end.first if end else None
    if begin and end:
        start_max, end_min = min(begin.last, end.last), max(end.first, begin.first)
    return Bounds(
        begin.first if begin else None,
        None if begin is None or begin.qualified else start_max,
        None if end is None or end.qualified else end_min,
        end.last if end else None,
    )


def _range_bounds(text: str) -> Bounds:
    left, dots, right = text.removeprefix("[").removesuffix("]").partition("..")
    if not (dots and text.endswith("]")):
        raise _refused(text)
    begin, end = _token(left, text), _token(right, text)
    if begin.qualified or end.qualified:
        raise DateError(f"{text!r}: dates in [A..B] take no ?, ~ or %")
    return Bounds(begin.first, end.last, begin.first, end.last)


def _end(text: str, whole: str) -> _Token | None:
    """Read one end of an interval; None is an open or unknown end."""
    return None if text in ("", "..") else _token(text, whole)


def _token(text: str, whole: str) -> _Token:
    match = _TOKEN.fullmatch(text)
    if match is None:
        raise _refused(whole)
    year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
    assert year is not None  # noqa: S101  the pattern has a year
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise DateError(f"{whole!r}: {text} is not a day of the calendar ({error})") from error
    last_month = month or 12
    last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return _Token(first, last, bool(match[4]))


def _refused(text: str) -> DateError:
    return DateError(f"{text!r} is not an accepted date; write {FORMS}")
