"""A reported date in, the words for it out, and the shape that tells how certain it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from hostagegraph.service.asking import Row, local

Shape = Literal["day", "within", "by", "from", "span", "none"]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TOKEN: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)\Z")
_WITHIN: Final = re.compile(r"\[(.+)\.\.(.+)\]\Z")
_QUALIFIED: Final = {"": "", "?": " (uncertain)", "~": "about ", "%": "about "}
_BASES: Final = {"stated": "stated", "heading": "from the heading", "inferred": "inferred"}

# What a query has to bind for `day_of`: the pattern to put in, about ?on.
BOUNDS: Final = "?when ?basis ?startMin ?startMax ?endMin ?endMax"
DAY: Final = """OPTIONAL { ?on hg:when ?when ; hg:dateBasis ?basis }
  OPTIONAL { ?on hg:startMin ?startMin } OPTIONAL { ?on hg:startMax ?startMax }
  OPTIONAL { ?on hg:endMin ?endMin } OPTIONAL { ?on hg:endMax ?endMax }"""


@dataclass(frozen=True, slots=True)
class Day:
    """When something is said to have happened.

    `text` names it in full, `brief` with short months; `note` tells how it is known. An absent
    bound is open.
    """

    text: str = ""
    brief: str = ""
    note: str = ""
    when: str = ""
    start_min: date | None = None
    start_max: date | None = None
    end_min: date | None = None
    end_max: date | None = None

    def __bool__(self) -> bool:
        return bool(self.when)

    @property
    def shape(self) -> Shape:
        """Say how the date is drawn."""
        if not self.when or not (self.start_min or self.end_max):
            return "none"
        if self.start_min is None:
            return "by"
        if self.end_max is None:
            return "from"
        if self.start_min == self.end_max:
            return "day"
        if self.start_max and self.end_min and self.start_max < self.end_min:
            return "span"
        return "within"

    @property
    def order(self) -> tuple[date, date]:
        """Sort by the first day that is possible, where none is known by the last."""
        last = self.end_max or self.end_min or date.max
        return self.start_min or self.end_max or self.start_max or date.max, last

    def may_fall(self, first: date, last: date) -> bool:
        """Tell whether it may fall between two days; one that is not said may not be placed."""
        begins, ends = self.start_min or date.min, self.end_max or date.max
        return bool(self) and begins <= last and first <= ends

    def within(self, year: str) -> str:
        """Name it in short without a year that is said elsewhere.

        >>> Day(brief="17–24 Jan 2024").within("2024")
        '17–24 Jan'
        """
        return self.brief.replace(f" {year}", "") if year else self.brief


def day_in_words(day: date) -> str:
    """Write a day.

    >>> day_in_words(date(2024, 5, 4))
    '4 May 2024'
    """
    return _one(day.isoformat(), full=True)


def one_year(days: Iterable[Day]) -> str:
    """Give the one year of all days, which then need not say it; empty where they differ."""
    bounds = (
        bound for day in days for bound in (day.start_min, day.start_max, day.end_min, day.end_max)
    )
    years = {bound.year for bound in bounds if bound}
    return str(*years) if len(years) == 1 else ""


def day_of(row: Row) -> Day:
    """Read a date from a row with the columns of BOUNDS."""
    when = row["when"]
    if not when:
        return Day()
    text, note = _worded(when, full=True)
    brief, _ = _worded(when, full=False)
    basis = _BASES.get(local(row["basis"]), "")
    told = ", ".join(filter(None, (note, basis)))
    bounds = (_date(row[name]) for name in ("startMin", "startMax", "endMin", "endMax"))
    return Day(text, brief, told, when, *bounds)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # absent, or a year that Python's calendar does not know
        return None


def _worded(when: str, *, full: bool) -> tuple[str, str]:
    """Word an EDTF date, and what its form says about it.

    >>> _worded("2024-05-04", full=True)
    ('4 May 2024', '')
    >>> _worded("[2024-01-17..2024-01-24]", full=False)
    ('17–24 Jan 2024', 'one day in these')
    >>> _worded("../2024-01-17", full=True)
    ('by 17 January 2024', 'start unknown')
    >>> _worded("2024-02/", full=False)
    ('from Feb 2024', 'end not stated')
    >>> _worded("2024-04-08~/2024-05-02~", full=True)
    ('about 8 April – 2 May 2024', '')
    """
    if within := _WITHIN.match(when):
        return _range(within[1], within[2], full=full), "one day in these"
    if "/" not in when:
        return _one(when, full=full), _vague(when)
    start, end = when.split("/")
    if start in {"", ".."}:
        return f"by {_one(end, full=full)}", "start unknown"
    if end in {"", ".."}:
        return f"from {_one(start, full=full)}", "end not stated"
    return _range(start, end, full=full), ""


def _vague(token: str) -> str:
    found = _TOKEN.match(token)
    if not found:
        return ""
    return "" if found[3] else "month only" if found[2] else "year only"


def _one(token: str, *, full: bool) -> str:
    found = _TOKEN.match(token)
    if not found:
        return token
    year, month, day, sign = found.groups()
    words = [str(int(day))] if day else []
    words += [_month(month, full=full)] if month else []
    words += [year]
    hedge = _QUALIFIED[sign]
    return f"{hedge}{' '.join(words)}" if sign != "?" else f"{' '.join(words)}{hedge}"


def _month(number: str, *, full: bool) -> str:
    name = _MONTHS[int(number) - 1]
    return name if full else name[:3]


def _range(start: str, end: str, *, full: bool) -> str:
    """Write two days without saying a month or year twice."""
    first, last = _TOKEN.match(start), _TOKEN.match(end)
    if not first or not last:
        return f"{start} – {end}"
    hedge = "about " if first[4] or last[4] else ""
    closing = _one(last[0].rstrip("?~%"), full=full)
    same_year = first[1] == last[1]
    if same_year and first[2] == last[2] and first[3] and last[3]:
        return f"{hedge}{int(first[3])}–{closing}"
    opening = _one(first[0].rstrip("?~%"), full=full)
    if same_year and first[2]:
        opening = opening.removesuffix(f" {first[1]}")
    return f"{hedge}{opening} – {closing}"
