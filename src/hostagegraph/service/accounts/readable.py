"""The rows of a saved query in, a table for readers out: named things, days, who says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import Request

from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import Day, day_of
from hostagegraph.service.accounts.iris import address, compact
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.asking import local
from hostagegraph.service.rows import Row, Rows, Term
from hostagegraph.service.serving import serving
from hostagegraph.vocabulary import XSD

# Two columns of many queries: bounds between which something is said to have happened.
EARLIEST: Final = "earliest"
LATEST: Final = "latest"
_DAY: Final = "day"
_ENOUGH: Final = 4  # so many equal cells are said once, above the table
_NUMBERS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as a reader sees it.

    `name` stands for a voice with its sign, `day` for the bounds of a date; else there is a text,
    perhaps one that leads somewhere. `claim` says that it names the claim of its row.
    """

    text: str = ""
    href: str = ""
    language: str = ""
    title: str = ""
    iri: str = ""
    name: Name | None = None
    day: Day | None = None
    number: float | None = None
    claim: bool = False

    @property
    def label(self) -> str:
        """Give the plain words of the cell."""
        return self.day.text if self.day else self.name.text if self.name else self.text


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its cells by column, and the claims on which it rests, the declared one first."""

    cells: Mapping[str, Cell]
    claims: tuple[Told, ...]

    @property
    def claim(self) -> Told | None:
        """The claim that explains the row."""
        return self.claims[0] if self.claims else None

    def column(self, claim: Told) -> str:
        """Find the column that names a claim; nothing where none does."""
        return next((name for name, cell in self.cells.items() if cell.iri == claim.iri), "")

    @property
    def day(self) -> Day:
        """When the row is said to have been."""
        cell = self.cells.get(_DAY)
        return cell.day if cell and cell.day else Day()


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows of an answer: `columns` are headings by name, `same` the cells of all rows.

    `count` rows were answered; those shown begin behind `first` others.
    """

    columns: Mapping[str, str]
    records: tuple[Record, ...]
    count: int
    first: int = 0
    same: tuple[tuple[str, Cell], ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that hold numbers."""
        return tuple(name for name in self.columns if self._all(name))

    def _all(self, name: str) -> bool:
        found = [record.cells[name] for record in self.records]
        return any(cell.number is not None for cell in found) and all(
            cell.number is not None or not cell.label for cell in found
        )


async def readable(request: Request, query: SavedQuery, rows: Rows, first: int, most: int) -> Table:
    """Read rows for a page: at most so many of them."""
    shown = rows.first(most)
    iris = {term["value"] for row in shown.rows for term in row.values() if term["type"] == "uri"}
    base = serving(request).base
    claims = await told(request, sorted(iri for iri in iris if _may_be_claim(iri, base)))
    agents = {iri for iri in iris if iri.startswith(f"{base}id/")} - claims.keys()
    reader = _Reader(query, base, claims, await names(request, agents))
    columns = _columns(query, shown.variables)
    records = tuple(reader.record(row, columns) for row in shown.rows)
    same = _same(columns, records)
    kept = {name: label for name, label in columns.items() if name not in same}
    once = tuple((columns[name], records[0].cells[name]) for name in same)
    return Table(kept, records, len(rows.rows), first, once)


def _may_be_claim(iri: str, base: str) -> bool:
    return iri.startswith(f"{base}id/") and local(iri).startswith("c")


def _columns(query: SavedQuery, variables: Sequence[str]) -> dict[str, str]:
    """Choose the columns: labels stand with their thing, two bounds make one day."""
    kept = [name for name in variables if not (name.endswith("Label") and name[:-5] in variables)]
    dated = EARLIEST in kept and LATEST in kept
    rest = [name for name in kept if not dated or name not in (EARLIEST, LATEST)]
    if len(rest) > 1 and query.claim in rest[1:]:
        rest.remove(query.claim)  # it stands under each row, beside those who say so
    return {**({_DAY: "Day"} if dated else {}), **{name: _heading(query, name) for name in rest}}


def _heading(query: SavedQuery, name: str) -> str:
    column = query.columns.get(name)
    return (column.label if column else "") or name


def _same(columns: Mapping[str, str], records: Sequence[Record]) -> tuple[str, ...]:
    """Name the columns whose cells are all alike, save the first ones and those of claims."""
    if len(records) < _ENOUGH:
        return ()
    leading = next((name for name in columns if name != _DAY), "")
    return tuple(
        name
        for name in columns
        if name not in (_DAY, leading)
        and len({record.cells[name] for record in records}) == 1
        and records[0].cells[name].label
    )


class _Reader:
    """Terms in, cells out, with the names that they need."""

    def __init__(
        self,
        query: SavedQuery,
        base: str,
        claims: Mapping[str, Told],
        known: Mapping[str, Name],
    ) -> None:
        self._query, self._base, self._claims, self._known = query, base, claims, known

    def record(self, row: Row, columns: Mapping[str, str]) -> Record:
        cells = {name: self._cell(row, name) for name in columns}
        declared = row.get(self._query.claim, {}).get("value", "")
        iris = [declared, *(term["value"] for term in row.values())]
        claims = {iri: self._claims[iri] for iri in iris if iri in self._claims}
        return Record(cells, tuple(claims.values()))

    def _cell(self, row: Row, name: str) -> Cell:
        if name == _DAY and name not in row:
            return Cell(day=_within(row))
        if name not in row:
            return Cell()
        term = row[name]
        if term["type"] == "uri":
            return self._thing(term["value"], row, name)
        column = self._query.columns.get(name)
        target = row.get(column.link, {}) if column and column.link else {}
        href = address(target["value"], self._base) if target.get("type") == "uri" else ""
        datatype = compact(term["datatype"], self._base) if "datatype" in term else ""
        text = _text(term)
        return Cell(text, href, term.get("xml:lang", ""), datatype, number=_number(term))

    def _thing(self, iri: str, row: Row, name: str) -> Cell:
        href = address(iri, self._base)
        if iri in self._claims:
            claim = self._claims[iri]
            own = name == self._query.claim
            return Cell(claim.gist, href, claim.language, iri, iri, claim=own)
        known = self._known.get(iri)
        if known is not None and known.sign:
            return Cell(iri=iri, name=known)
        label = row.get(f"{name}Label", {})
        text = label.get("value") or (known.text if known else compact(iri, self._base))
        return Cell(text, href, label.get("xml:lang", ""), iri, iri)


def _within(row: Row) -> Day:
    """Read two bounds as one date; without the one, begin or end stays open."""
    first, last = (row.get(name, {}).get("value", "") for name in (EARLIEST, LATEST))
    if not first and not last:
        return Day()
    when = first if first == last else f"[{first}..{last}]" if first and last else f"{first}/{last}"
    bounds = {"startMin": first, "startMax": last, "endMin": first, "endMax": last}
    day = day_of({"when": when, "basis": "", **bounds})
    return replace(day, note="within these days") if first != last and first and last else day


def _text(term: Term) -> str:
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    if term["type"] == "triple":
        parts = (term["value"][part]["value"] for part in ("subject", "predicate", "object"))
        return " ".join(map(str, parts))
    return str(term["value"])


def _number(term: Mapping[str, Any]) -> float | None:
    return float(term["value"]) if term.get("datatype") in _NUMBERS else None
