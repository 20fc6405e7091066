"""A timeline in, its drawing out: where each mark, range and label stands, in pixels.

Labels are placed by estimated widths; the script of the page measures them and places again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from hostagegraph.service.accounts.days import Day
from hostagegraph.service.drawing.scale import Scale, outline
from hostagegraph.service.drawing.timeline import LANES, Entry, Timeline

WIDTH: Final = 1144
LEFT: Final = 150
TOP: Final = 26
ROW: Final = 18
_PADDING: Final = 10
_ACTS: Final = frozenset({"granted", "narrowed", "revoked", "withheld", "requested"})
_GAP: Final = 10  # between what stands in one row
_REACH: Final = 6  # from a mark to its label
_NARROW: Final = frozenset("iljtfrI.,:;'\u2019\u201c\u201d|! ()1")
_WIDE: Final = frozenset("mwMWQOGDHNCU@%")


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry as it is drawn: its range, its sign, its label and the row in its lane.

    `low` and `high` are the ends of the range, `at` is where the sign stands. A bar, and a range
    with no room beside it, has its label below, an act on a mandate its sign above; both take two
    rows.
    """

    entry: Entry
    build: Literal["plain", "bar", "act"]
    shape: str
    low: float
    high: float
    at: float
    label_x: float
    before: bool
    row: int
    width: float

    @property
    def rows(self) -> int:
        """How many rows it takes."""
        return 1 if self.build == "plain" else 2

    @property
    def level(self) -> int:
        """How far below its row the range and the label stand."""
        return 18 if self.build == "act" else 0

    @property
    def ticked(self) -> bool:
        """Tell whether a tick marks its day: an act has one, a state fills its range."""
        state = self.entry.kind == "MandateState" and self.shape == "within"
        return self.shape != "span" and not state

    @property
    def signs(self) -> Iterator[str]:
        """Name all that the keys of the drawing have to explain."""
        yield self.shape
        if self.entry.undone:
            yield "tried"
        if self.entry.called.sign:
            yield self.entry.called.sign
        elif self.build == "act":
            yield self.entry.act
        elif self.entry.lane in {"proposals", "leaks"}:
            yield self.entry.lane

    @property
    def path(self) -> str:
        """The outline of an uncertain range, 10 pixels high around zero."""
        return outline(self.shape, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane with its marks; `y` is its upper edge."""

    slug: str
    name: str
    about: str
    y: float
    height: float
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Plot:
    """The whole drawing."""

    lanes: Sequence[Lane]
    months: Sequence[tuple[float, str]]
    height: float
    issued: float | None
    issued_text: str

    @property
    def used(self) -> frozenset[str]:
        """Name the signs and shapes that are in the drawing."""
        return frozenset(sign for lane in self.lanes for mark in lane.marks for sign in mark.signs)


def draw(timeline: Timeline, known: Mapping[str, tuple[str, str]] = LANES) -> Plot | None:
    """Place all entries in their lanes, each known by its name and a remark; None without any."""
    days = [day for entry in timeline.entries for day in _bounds(entry.day)]
    if not days:
        return None
    if timeline.issued:
        days.append(timeline.issued)
    left = LEFT if any(name for name, _ in known.values()) else 0  # no room for names there are not
    first, last = min(days).replace(day=1), max(days)
    beyond = timedelta(days=max(1, (last - first).days // 45))
    scale = Scale(first, last + beyond, left, WIDTH)
    wall = scale.x(timeline.issued) if timeline.issued else WIDTH
    lanes, y = [], float(TOP)
    for slug, (name, about) in known.items():
        entries = [entry for entry in timeline.entries if entry.lane == slug]
        if not entries:
            continue
        marks = _placed([_mark(entry, scale, wall) for entry in entries])
        rows = max(mark.row + mark.rows for mark in marks)
        height = max(rows, 2) * ROW + 2 * _PADDING
        lanes.append(Lane(slug, name, about, y, height, marks))
        y += height
    issued = f"{timeline.issued.day} {timeline.issued:%B}" if timeline.issued else ""
    at = wall if timeline.issued else None
    return Plot(lanes, list(_months(scale)), y, at, issued)


def _months(scale: Scale) -> Iterator[tuple[float, str]]:
    for x, day, by_year in scale.months():
        year = f" {day.year}" if day == scale.first or day.month == 1 else ""
        yield x, str(day.year) if by_year else f"{day:%B}{year}"


def _bounds(day: Day) -> list[date]:
    return [each for each in (day.start_min, day.end_max, day.start_max, day.end_min) if each]


def _mark(entry: Entry, scale: Scale, wall: float) -> Mark:
    low, high, at = scale.ends(entry.day)
    label = entry.called.text + ("" if not entry.called.unnamed else "“”")
    width = measure(label)
    reach = _REACH + (7 if entry.called.sign in {"several", "person", "body", "one"} else 0)
    act = entry.act in _ACTS and not entry.called.sign
    shape = entry.day.shape
    if shape == "from":
        high = max(low, min(high, wall))  # nothing is reported for a later day
    after, ahead = max(high, at + 4) + reach, min(low, at - 4) - reach
    crosses = after + width > wall - 4
    if shape in {"from", "span"} or (crosses and ahead < width and not act):
        start = (
            at - _REACH if shape == "within" else low
        )  # near the sign, which stands in its middle
        before = start + width > wall - 2
        x = wall - _REACH if before else start
        return Mark(entry, "bar", shape, low, high, at, x, before, 0, width)
    before = crosses and ahead > width
    x = ahead if before else after
    return Mark(entry, "act" if act else "plain", shape, low, high, at, x, before, 0, width)


def _placed(marks: Sequence[Mark]) -> list[Mark]:
    """Give each mark the first row in which it covers nothing."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for mark in marks:
        left = mark.label_x - mark.width if mark.before else mark.label_x
        span = (
            min(mark.low, mark.at - 7, left) - _GAP,
            max(mark.high, mark.at + 7, left + mark.width),
        )
        row = 0
        while any(_covers(span, other) for each in taken[row : row + mark.rows] for other in each):
            row += 1
        taken += [[] for _ in range(row + mark.rows - len(taken))]
        for each in taken[row : row + mark.rows]:
            each.append(span)
        placed.append(replace(mark, row=row))
    return placed


def _covers(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def measure(text: str) -> float:
    """Estimate how wide a label is at 11.6 pixels.

    >>> 30 < measure("Cairo") < 40
    True
    """
    units = sum(0.3 if each in _NARROW else 0.82 if each in _WIDE else 0.585 for each in text)
    return 11.6 * units + 2
