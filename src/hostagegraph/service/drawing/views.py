"""A readable table in, the ways to look at it out: on a line of time, as a network, as bars."""

from dataclasses import dataclass
from typing import Final

from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.accounts.chains import Told
from hostagegraph.service.accounts.graphs import Graph
from hostagegraph.service.accounts.names import Name
from hostagegraph.service.accounts.readable import Cell, Record, Table
from hostagegraph.service.asking import local
from hostagegraph.service.drawing.plot import Plot, draw
from hostagegraph.service.drawing.timeline import Entry, Timeline, not_done
from hostagegraph.service.drawing.ways import Dealing, Drawing
from hostagegraph.service.drawing.ways import draw as draw_ways

_WAYS: Final = (
    *(("from", "to"), ("discloser", "recipient"), ("teller", "recipient"), ("actor", "recipient")),
    *(("voice", "against"), ("agent", "session"), ("actor", "mandate"), ("voice", "agent")),
)
_LANE: Final = "rows"
_MUTUAL: Final = "met"  # neither side of it comes first


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two names: where it leads, what stands on it, and whether it is denied.

    `told` says who says so, for those who hear it; `sign` is that of the voice on whose word it
    stands. `inwards` tells that it leads to the first name from the second, `mutual` that it leads
    to neither.
    """

    source: Name
    target: Name
    href: str
    words: str
    told: str
    denied: bool
    sign: str = ""
    inwards: bool = False
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """Names and the lines between them, from those from whom something goes to those to whom.

    `ways` of the drawing are in the order of `ties`. `undrawn` counts the rows that name fewer than
    two sides.
    """

    headings: tuple[str, str]
    ties: tuple[Tie, ...]
    drawing: Drawing
    undrawn: int = 0


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


def timeline(table: Table) -> tuple[Plot | None, int]:
    """Draw the rows that have a day, each happening once; count the rows that have none."""
    entries = [entry for record in table.in_time if (entry := _entry(table, record))]
    undated = len(table.records) - len(entries)
    once = {(entry.called, entry.href, entry.day): entry for entry in entries}
    return draw(Timeline(tuple(once.values()), None), {_LANE: ("", "")}), undated


def _entry(table: Table, record: Record) -> Entry | None:
    claim = record.claim
    if claim is None or not _is_drawn(record):
        return None
    things = [cell for name in table.headings if (cell := record.cells[name]).iri]
    voices = [cell.name for cell in things if cell.name]
    first = things[0] if things else Cell()
    label = Name(first.iri, first.label, first.href or claim.href, first.language)
    is_claim = first.iri == claim.iri or first.name is not None
    speaker = voices[0] if voices and is_claim else None
    href = claim.href if is_claim else label.href
    change, outcome = (record.cells.get(name, Cell()) for name in ("change", "completion"))
    undone = not_done(local(outcome.iri), outcome.text, claim)
    return Entry(_LANE, "", label, speaker, href, record.day, claim, local(change.iri), undone)


# A network


def _ends(table: Table) -> tuple[str, str] | None:
    """Find two columns of which the one leads to the other."""
    return next(
        (
            way
            for way in _WAYS
            if all(name in table.headings for name in way)
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
    rows = [row for row in rows if row[0].iri != row[1].iri]
    once = {
        (source.iri, target.iri, record.claim.iri): _tie(
            source, target, record, record.claim, table
        )
        for source, target, record in rows
        if record.claim
    }
    headings = (table.headings[way[0]], table.headings[way[1]])
    return _drawn(headings, tuple(once.values()), len(table.records) - len(rows))


def _tie(source: Name, target: Name, record: Record, claim: Told, table: Table) -> Tie:
    """Draw a row: what was done and its day stand on the line, or the number of its claim."""
    done, outcome = (record.cells.get(name, Cell()) for name in ("kind", "completion"))
    undone = not_done(local(outcome.iri), outcome.text, claim)
    act = ": ".join(each for each in (undone, done.label) if each)
    said = [each for each in (act, record.day.within(table.year)) if each]
    words = " · ".join(
        [*(said or [f"claim {claim.number}"]), *(["denied"] if claim.denials else ())]
    )
    sign = next((chain.origin.who.sign for chain in claim.forward), "")
    denied, mutual = bool(claim.denials), done.label == _MUTUAL
    return Tie(source, target, claim.href, words, _according(claim), denied, sign, mutual=mutual)


def _called(cell: Cell) -> Name:
    return cell.name or Name(cell.iri, cell.text, cell.href, cell.language)


def _according(claim: Told) -> str:
    said = "; ".join(chain.origin.who.text for chain in claim.forward)
    denied = "; ".join(chain.origin.who.text for chain in claim.denials)
    told = f"claim {claim.number}, according to {said}"
    return f"{told}, denied by {denied}" if denied else told


def of_graph(graph: Graph) -> Network | None:
    """Draw what a graph ties together; each line leads to the claim that has it so."""
    claims = {claim.iri: claim for claim in graph.claims}
    behind = {**{claim.content.iri: claim for claim in graph.claims}, **claims}
    ties = []
    for bond in graph.bonds:
        claim = behind.get(bond.source.iri)
        told = f"claim {claim.number}" if claim else bond.source.text
        href = claim.href if claim else bond.source.href
        words = (
            f"{bond.words}, as claimed" if claim and bond.source.iri != claim.iri else bond.words
        )
        if bond.source.iri not in behind and bond.target.iri in claims:  # what bears on a claim
            ends = (bond.target, bond.source)
            ties.append(Tie(*ends, href, f"← {words}", told, bond.denial, inwards=True))
        else:
            ties.append(Tie(bond.source, bond.target, href, words, told, bond.denial))
    return _drawn(("the claim", "what it is about"), tuple(ties))


def _drawn(headings: tuple[str, str], ties: tuple[Tie, ...], undrawn: int = 0) -> Network | None:
    dealings = [Dealing(tie.source, tie.target, tie.words, tie.mutual) for tie in ties]
    drawing = draw_ways(dealings)
    return Network(headings, ties, drawing, undrawn) if drawing else None


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
            tuple(table.cell(record, name) for name in others),
            record.cells[column].text,
            round(100 * abs(value) / most, 1),
        )
        for record, value in zip(table.records, values, strict=True)
    )
