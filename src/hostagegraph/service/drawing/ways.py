"""Dealings between names in, a drawing out: names in columns, each once, and a line per dealing.

Every line ends on a level of its own, where its words stand: so no words cover each other, and no
line crosses a name. The same dealings give the same picture.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from hostagegraph.service.accounts.names import Name
from hostagegraph.service.drawing.plot import measure

WIDTH: Final = 1144
LEVEL: Final = 22  # from one line to the next where they end
_LETTERS: Final = 1.34  # a name beside the words of a line, in size
_WRAP: Final = 176.0  # pixels of a name before it goes on below
_LEADING: Final = 18
_SIGN: Final = 24  # what a sign takes before its words
_GAP: Final = 20  # between two names of one column
_BEND: Final = 84.0  # the least that a line needs to bend
_TIP: Final = 20
_FAN: Final = 6.0  # from one line to the next where they begin
_SWEEPS: Final = 4


@dataclass(frozen=True, slots=True)
class Dealing:
    """Two names and the words on the line between them; `mutual` where neither comes first."""

    source: Name
    target: Name
    words: str
    mutual: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A name with its sign at `x`, around `y`, in lines of words.

    `brace` is how far the lines that end at it stand apart.
    """

    name: Name
    x: float
    y: float
    lines: tuple[str, ...]
    brace: float

    @property
    def rows(self) -> Iterator[tuple[float, str]]:
        """Where each line of the words stands."""
        top = self.y - (len(self.lines) - 1) * _LEADING / 2 + 5
        for number, line in enumerate(self.lines):
            yield top + number * _LEADING, line


@dataclass(frozen=True, slots=True)
class Way:
    """The line of one dealing; its words stand on it from `x` on, its tip is at `tip`.

    `back` tells that it leads from right to left.
    """

    path: str
    x: float
    y: float
    tip: tuple[float, float]
    back: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All names and lines; `ways` are in the order of the dealings."""

    places: Sequence[Place]
    ways: Sequence[Way]
    width: float
    height: float


@dataclass(eq=False, slots=True)
class _Stop:
    """What stands in a column: a name, or a line on its way through it (without a name)."""

    name: Name | None
    column: int
    lines: tuple[str, ...] = ()
    before: list["_Stop"] = field(default_factory=list)
    after: list["_Stop"] = field(default_factory=list)
    y: float = 0.0

    @property
    def height(self) -> float:
        """How much of its column it takes."""
        levels = max(len(self.before), 1) * LEVEL
        return max(levels, len(self.lines) * _LEADING, (len(self.after) - 1) * _FAN)


_Levels = dict[tuple[int, _Stop], float]  # of each line at each stop


def draw(dealings: Sequence[Dealing]) -> Drawing | None:
    """Place names and lines; None without any."""
    if not dealings:
        return None
    known = {name.iri: name for each in dealings for name in (each.source, each.target)}
    pairs = [_directed(each, dealings) for each in dealings]
    kept, turned = _acyclic(pairs)
    columns_of = _columns(kept, list(known))
    stops = {iri: _Stop(name, columns_of[iri], _wrapped(name)) for iri, name in known.items()}
    routes = [_route(stops, one, other) for one, other in kept]
    columns = _ordered([*stops.values()], routes)
    height = _stacked(columns)
    return _drawn(dealings, routes, turned, columns, height)


# Who stands left of whom


def _directed(dealing: Dealing, dealings: Sequence[Dealing]) -> tuple[str, str]:
    """Let the one with more dealings come first where neither acts on the other."""
    ends = (dealing.source.iri, dealing.target.iri)
    if not dealing.mutual:
        return ends
    acted = {(each.source.iri, each.target.iri) for each in dealings if not each.mutual}
    if ends in acted or ends[::-1] in acted:
        return ends if ends in acted else ends[::-1]
    count = [sum(end in (each.source.iri, each.target.iri) for each in dealings) for end in ends]
    return ends if count[0] >= count[1] else ends[::-1]


def _acyclic(pairs: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[bool]]:
    """Turn the lines that would lead back; tell which were turned."""
    after: dict[str, set[str]] = {}
    kept, turned = [], []
    for one, other in pairs:
        back = _reaches(after, other, one)
        first, second = (other, one) if back else (one, other)
        after.setdefault(first, set()).add(second)
        kept.append((first, second))
        turned.append(back)
    return kept, turned


def _reaches(after: Mapping[str, set[str]], one: str, other: str) -> bool:
    seen, waiting = set(), [one]
    while waiting:
        each = waiting.pop()
        if each == other:
            return True
        if each not in seen:
            seen.add(each)
            waiting += after.get(each, ())
    return False


def _columns(pairs: Sequence[tuple[str, str]], names: Sequence[str]) -> Mapping[str, int]:
    """Give each name the first column right of all that lead to it, and near what it leads to."""
    found = dict.fromkeys(names, 0)
    for _ in names:
        for one, other in pairs:
            if one != other:
                found[other] = max(found[other], found[one] + 1)
    led_to = {other for one, other in pairs if one != other}
    for name in names:
        if name not in led_to:
            found[name] = min((found[b] for a, b in pairs if a == name != b), default=1) - 1
    return found


# What stands above what


def _route(stops: Mapping[str, _Stop], one: str, other: str) -> list[_Stop]:
    """Lead a line from column to column."""
    first, last = stops[one], stops[other]
    between = [_Stop(None, column) for column in range(first.column + 1, last.column)]
    route = [first, *between, last]
    for left, right in pairwise(route):
        left.after.append(right)
        right.before.append(left)
    return route


def _ordered(named: Sequence[_Stop], routes: Sequence[Sequence[_Stop]]) -> list[list[_Stop]]:
    """Put into each column what stands in it, near to what it is tied to."""
    every = [*named, *(stop for route in routes for stop in route if stop.name is None)]
    columns: list[list[_Stop]] = [[] for _ in range(max(stop.column for stop in every) + 1)]
    for stop in every:
        columns[stop.column].append(stop)
    for sweep in range(_SWEEPS):
        rightwards = sweep % 2 == 0
        place = {stop: i / len(column) for column in columns for i, stop in enumerate(column)}
        for column in columns if rightwards else reversed(columns):
            means = {
                stop: _mean([place[tied] for tied in (stop.before if rightwards else stop.after)])
                for stop in column
            }
            column.sort(key=lambda stop: _known(means[stop], place[stop]))
            place |= {stop: i / len(column) for i, stop in enumerate(column)}
    return columns


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _known(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _stacked(columns: Sequence[Sequence[_Stop]]) -> float:
    """Set the height of each stop, beside what it is tied to; tell how tall the drawing is."""
    tallest = max(columns, key=_tall)
    height = _tall(tallest)
    y = 0.0
    for stop in tallest:
        stop.y = y + stop.height / 2
        y += stop.height + _GAP
    middle = list(columns).index(tallest)
    for column in [*columns[:middle][::-1], *columns[middle + 1 :]]:
        leftwards = column[0].column < middle
        room = height - _tall(column)
        y = 0.0
        for stop in column:
            ties = stop.after if leftwards else stop.before
            wanted = _mean([tied.y for tied in ties])
            top = y if wanted is None else max(y, wanted - stop.height / 2)
            used = sum(each.height + _GAP for each in column[: column.index(stop)])
            stop.y = min(top, used + room) + stop.height / 2
            y = stop.y + stop.height / 2 + _GAP
    return height


def _tall(column: Sequence[_Stop]) -> float:
    return sum(stop.height + _GAP for stop in column) - _GAP


# Where it is drawn


def _drawn(
    dealings: Sequence[Dealing],
    routes: Sequence[Sequence[_Stop]],
    turned: Sequence[bool],
    columns: Sequence[Sequence[_Stop]],
    height: float,
) -> Drawing:
    top = LEVEL
    wide = [max(_wide(stop) for stop in column) for column in columns]
    words = [0.0] * len(columns)  # what the words before each column need
    for dealing, route in zip(dealings, routes, strict=True):
        at = route[-1].column
        words[at] = max(words[at], measure(dealing.words) + _SIGN)
    gaps = len(columns) - 1
    spare = WIDTH - sum(wide) - sum(words) - gaps * _TIP
    bend = max(_BEND, spare / gaps) if gaps else 0.0
    lefts = [0.0]
    for i in range(1, len(columns)):
        lefts.append(lefts[-1] + wide[i - 1] + bend + words[i] + _TIP)
    begins, ends = _levels(routes)
    ways = []
    for place, route in enumerate(routes):
        path = ""
        for left, right in pairwise(route):
            x1, y1 = lefts[left.column] + _wide(left), top + begins[place, left]
            x2, y2 = lefts[right.column] - words[right.column] - _TIP, top + ends[place, right]
            middle = (x1 + x2) / 2
            path += (
                f"{'L' if path else 'M'}{x1:.1f} {y1:.1f}"
                f"C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
                f"H{lefts[right.column] - 6:.1f}"
            )
        first, last = route[0], route[-1]
        left_end = (lefts[first.column] + _wide(first), top + begins[place, first])
        right_end = (lefts[last.column] - 6, top + ends[place, last])
        back = turned[place] and not dealings[place].mutual
        x = lefts[last.column] - words[last.column] - _TIP
        tip = left_end if back else right_end
        ways.append(Way(path, x, right_end[1] - 5, tip, back))
    places = [
        Place(
            stop.name,
            lefts[stop.column],
            top + stop.y,
            stop.lines,
            max(len(stop.before) - 1, 0) * LEVEL,
        )
        for column in columns
        for stop in column
        if stop.name
    ]
    return Drawing(places, ways, max(lefts[-1] + wide[-1], WIDTH), height + 2 * top)


def _wide(stop: _Stop) -> float:
    longest = max((measure(line) for line in stop.lines), default=0.0)
    return longest * _LETTERS + _SIGN + 10 if stop.name else 0.0


def _levels(routes: Sequence[Sequence[_Stop]]) -> tuple[_Levels, _Levels]:
    """Find on which level each line leaves a stop and reaches one; none crosses another there."""
    arriving: dict[_Stop, list[tuple[float, int]]] = {}
    leaving: dict[_Stop, list[tuple[float, int]]] = {}
    for place, route in enumerate(routes):
        for left, right in pairwise(route):
            arriving.setdefault(right, []).append((left.y, place))
    ends = _spread(arriving, LEVEL)
    for place, route in enumerate(routes):
        for left, right in pairwise(route):
            leaving.setdefault(left, []).append((ends[place, right], place))
    return _spread(leaving, _FAN), ends


def _spread(lines: Mapping[_Stop, list[tuple[float, int]]], apart: float) -> _Levels:
    return {
        (place, stop): stop.y + (at - (len(found) - 1) / 2) * apart
        for stop, found in lines.items()
        for at, (_, place) in enumerate(sorted(found))
    }


def _wrapped(name: Name) -> tuple[str, ...]:
    """Break a name into lines between its words."""
    text = f"“{name.text}”" if name.unnamed else name.text
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer) * _LETTERS > _WRAP:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)
