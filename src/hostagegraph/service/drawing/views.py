"""A readable table in, the ways to look at it out: on a line of time, as a network, as bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.accounts.chains import Told
from hostagegraph.service.accounts.names import Name
from hostagegraph.service.accounts.readable import Cell, Record, Table
from hostagegraph.service.drawing.plot import Plot, draw
from hostagegraph.service.drawing.timeline import Entry, Timeline

_WAYS: Final = (
    *(("discloser", "recipient"), ("teller", "recipient"), ("actor", "recipient")),
    *(("voice", "against"), ("agent", "session"), ("actor", "mandate"), ("voice", "agent")),
)
_LANE: Final = "rows"
_STEP: Final = 34  # pixels from one name to the next
_TOP: Final = 30


@dataclass(frozen=True, slots=True)
class End:
    """A name at one side of a network, and how far down it stands."""

    name: Name
    y: int


@dataclass(frozen=True, slots=True)
class Tie:
    """One row that ties two names: the claim that says so, and the ends of its line."""

    source: End
    target: End
    claim: Told
    denied: bool
    bend: int

    @property
    def path(self) -> str:
        """The line from left to right; lines between the same names lie apart."""
        low, high = self.source.y + self.bend, self.target.y + self.bend
        return f"M330 {self.source.y}C500 {low} 640 {high} 812 {self.target.y}"


@dataclass(frozen=True, slots=True)
class Network:
    """Those from whom something goes on the left, those to whom on the right."""

    headings: tuple[str, str]
    sources: tuple[End, ...]
    targets: tuple[End, ...]
    ties: tuple[Tie, ...]

    @property
    def height(self) -> int:
        """How tall the drawing is, in pixels."""
        return _TOP + _STEP * max(len(self.sources), len(self.targets)) + 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of a row with the words for it; `share` is its part of the largest."""

    words: tuple[Cell, ...]
    text: str
    share: float


def offered(query: SavedQuery, table: Table) -> tuple[str, ...]:
    """List the views that make sense of a table, the one the query declares first."""
    known = {
        "table": True,
        "ledger": any(record.claim for record in table.records),
        "timeline": any(_is_drawn(record) for record in table.records),
        "network": _ends(table) is not None,
        "chart": bool(table.numbers) and not query.claim,
    }
    found = [name for name, fits in known.items() if fits]
    return tuple(sorted(found, key=lambda name: name != query.view))


def _is_drawn(record: Record) -> bool:
    return record.claim is not None and record.day.shape != "none"


# A line of time


def timeline(table: Table) -> tuple[Plot | None, Sequence[Entry]]:
    """Draw the rows that have a day; give the entries of all of them in order of time."""
    entries = [entry for record in table.records if (entry := _entry(table, record))]
    entries.sort(key=lambda entry: (entry.day.order, entry.label.text))
    return draw(Timeline(entries, None), {_LANE: ("", "")}), entries


def _entry(table: Table, record: Record) -> Entry | None:
    claim = record.claim
    if claim is None or not _is_drawn(record):
        return None
    things = [cell for name in table.columns if (cell := record.cells[name]).iri]
    voices = [cell.name for cell in things if cell.name]
    first = things[0] if things else Cell()
    label = Name(first.iri, first.label, first.href or claim.href, first.language)
    is_claim = first.iri == claim.iri or first.name is not None
    speaker = voices[0] if voices and is_claim else None
    href = claim.href if is_claim else label.href
    return Entry(_LANE, "", label, speaker, href, record.day, claim, "", "")


# A network


def _ends(table: Table) -> tuple[str, str] | None:
    """Find two columns of which the one leads to the other."""
    return next(
        (
            way
            for way in _WAYS
            if all(name in table.columns for name in way)
            and any(all(record.cells[name].iri for name in way) for record in table.records)
        ),
        None,
    )


def network(table: Table) -> Network | None:
    """Draw each row that names both ends as a line between them."""
    way = _ends(table)
    if way is None:
        return None
    rows = [
        (_called(record.cells[way[0]]), _called(record.cells[way[1]]), record)
        for record in table.records
        if record.claim and all(record.cells[name].iri for name in way)
    ]
    left = _stacked([source for source, _, _ in rows])
    right = _stacked([target for _, target, _ in rows])
    ties = tuple(_ties(rows, left, right))
    headings = (table.columns[way[0]], table.columns[way[1]])
    return Network(headings, tuple(left.values()), tuple(right.values()), ties)


def _called(cell: Cell) -> Name:
    return cell.name or Name(cell.iri, cell.text, cell.href, cell.language)


def _stacked(found: Sequence[Name]) -> dict[str, End]:
    once = dict.fromkeys(found)
    return {name.iri: End(name, _TOP + _STEP * i + 12) for i, name in enumerate(once)}


def _ties(
    rows: Sequence[tuple[Name, Name, Record]], left: dict[str, End], right: dict[str, End]
) -> Iterator[Tie]:
    seen: dict[tuple[str, str], list[str]] = {}
    for source, target, record in rows:
        claim = record.claim
        before = seen.setdefault((source.iri, target.iri), [])
        if claim is None or claim.iri in before:
            continue
        bend = 14 * ((len(before) + 1) // 2) * (1 if len(before) % 2 else -1)
        before.append(claim.iri)
        yield Tie(left[source.iri], right[target.iri], claim, bool(claim.denials), bend)


# Bars


def bars(table: Table) -> tuple[Bar, ...]:
    """Draw the last column of numbers; the other columns are the words for each bar."""
    if not table.numbers:
        return ()
    column = table.numbers[-1]
    others = [name for name in table.columns if name not in table.numbers]
    values = [record.cells[column].number or 0.0 for record in table.records]
    most = max((abs(value) for value in values), default=0.0) or 1.0
    return tuple(
        Bar(
            tuple(record.cells[name] for name in others if record.cells[name].label),
            record.cells[column].text,
            round(100 * abs(value) / most, 1),
        )
        for record, value in zip(table.records, values, strict=True)
    )
