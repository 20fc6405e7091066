"""The rows of a saved query in, a table for readers out: named things, days, who says so."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import Request

from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.accounts.chains import Chain, Told, told
from hostagegraph.service.accounts.days import Day, day_of, one_year
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
_WHEN: Final = "when"  # a date as a source gives it, in EDTF
_ENOUGH: Final = 2  # so many equal cells are said once, above the table
_UNSAID: Final = "not said"
_DENIES: Final = "denies"
_PLAIN: Final = frozenset({"asserts", "reports"})  # stances that a chain of voices says itself
_STANCE: Final = "stance"
_VOICES: Final = ("voice", "speaker", "according")  # columns that name the voice of a row
_TRUTH: Final = {"true": "yes", "false": "no"}
_MONTH: Final = re.compile(r"\d{4}-\d\d", re.ASCII)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_NUMBERS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as a reader sees it.

    `name` stands for a voice with its sign, `day` for the bounds of a date; else there is a text,
    perhaps one that leads somewhere. `claim` says that it names the claim of its row, `unsaid` that
    it tells of something that a source leaves open.
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
    unsaid: bool = False

    @property
    def digest(self) -> bool:
        """Tell whether it is a SHA-256."""
        return is_digest(self.text)

    @property
    def stance(self) -> str:
        """Name the stance that it tells of, as the ontology has it; empty where it tells of none.

        >>> Cell("denies", iri="https://example.org/ns#denies").stance
        'denies'
        """
        term = local(self.iri)
        return term if "/ns#" in self.iri and term in (*_PLAIN, _DENIES) else ""

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
    def denial(self) -> Chain | None:
        """Find the chain of the denial that the row tells of: that of its own voice."""
        voices = {cell.name.iri for cell in map(self.cells.get, _VOICES) if cell and cell.name}
        if not any(cell.stance == _DENIES for cell in self.cells.values()):
            return None
        every = (chain for claim in self.claims[:1] for chain in claim.denials)
        return next((chain for chain in every if chain.origin.who.iri in voices), None)

    def chained(self, name: str) -> bool:
        """Tell whether the chains of voices beside the row say what is in a cell.

        A row that tells of another stance than theirs says itself whose it is.
        """
        cell, stance = self.cells[name], self.cells.get(_STANCE, Cell())
        if stance.iri and stance.stance not in _PLAIN:
            return False
        links = (link for claim in self.claims for chain in claim.chains for link in chain.links)
        who = cell.name.iri if cell.name and name in _VOICES else ""
        return cell.stance in _PLAIN or who in {link.who.iri for link in links}

    @property
    def day(self) -> Day:
        """When the row is said to have been."""
        cell = self.cells.get(_DAY)
        return cell.day if cell and cell.day else Day()


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows of an answer: `columns` are headings by name, `same` the cells of all rows.

    `headings` are those of all columns, with those of the claims that stand under their row;
    `blank` are headings of columns in which no row has a value. What an empty cell says is in
    `empty`. `count` rows were answered; those shown begin behind `first` others. `explained` tells
    that each row rests on a claim.
    """

    columns: Mapping[str, str]
    records: tuple[Record, ...]
    count: int
    headings: Mapping[str, str]
    empty: Mapping[str, str]
    first: int = 0
    same: tuple[tuple[str, Cell], ...] = ()
    blank: tuple[str, ...] = ()
    explained: bool = False

    def cell(self, record: Record, name: str) -> Cell:
        """Give a cell as it is shown: an empty one says why it is."""
        return _or_empty(record.cells[name], self.empty, name)

    @property
    def year(self) -> str:
        """Give the one year of all days, which then stands over them; empty where they differ."""
        return one_year(record.day for record in self.records)

    @property
    def in_time(self) -> tuple[Record, ...]:
        """The rows in order of time; those without a day come last."""
        return tuple(sorted(self.records, key=lambda record: record.day.order))

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
    under = _under(query, shown.variables, shown.rows, claims)
    headings = _headings(query, shown)
    columns = {name: label for name, label in headings.items() if name not in under}
    records = tuple(reader.record(row, headings) for row in shown.rows)
    empty = {name: query.columns[name].empty for name in columns if name in query.columns}
    blank = [name for name in columns if records and not any(_says(r, name) for r in records)]
    same = [*_same(columns, records), *(name for name in blank if empty.get(name) != _UNSAID)]
    return Table(
        {name: label for name, label in columns.items() if name not in (*same, *blank)},
        records,
        len(rows.rows),
        headings,
        empty,
        first,
        tuple((columns[name], _or_empty(records[0].cells[name], empty, name)) for name in same),
        tuple(columns[name] for name in blank if name not in same),
        bool(query.claim),
    )


def _may_be_claim(iri: str, base: str) -> bool:
    return iri.startswith(f"{base}id/") and local(iri).startswith("c")


def _headings(query: SavedQuery, shown: Rows) -> dict[str, str]:
    """Head the columns: labels stand with their thing, all that tells of a date makes one day."""
    names = shown.variables
    kept = [name for name in names if not (name.endswith("Label") and name[:-5] in names)]
    dates = [name for name in kept if name in (EARLIEST, LATEST, _WHEN)]
    dated = _WHEN in dates or len(dates) > 1
    rest = [name for name in kept if not (dated and name in dates)]
    rest = [name for name in rest if name in query.columns or not _is_joint(shown, name)]
    return {**({_DAY: "Day"} if dated else {}), **{name: _heading(query, name) for name in rest}}


def _is_joint(shown: Rows, name: str) -> bool:
    """Tell whether a column that the head does not describe only holds nodes without a label."""
    found = [row[name] for row in shown.rows if name in row]
    return f"{name}Label" not in shown.variables and all(term["type"] == "uri" for term in found)


def _under(
    query: SavedQuery, names: Sequence[str], rows: Sequence[Row], claims: Mapping[str, Told]
) -> frozenset[str]:
    """Find the columns of claims: each stands under its row, beside those who say so.

    One that opens the row stays, as what the row is about.
    """
    found = {
        name
        for name in names
        if (values := {row[name]["value"] for row in rows if name in row})
        and values <= claims.keys()
    }
    return frozenset(({*found, query.claim} - {""}) - {names[0]})


def _heading(query: SavedQuery, name: str) -> str:
    column = query.columns.get(name)
    return (column.label if column else "") or f"{name[:1].upper()}{name[1:]}"


def _or_empty(cell: Cell, empty: Mapping[str, str], name: str) -> Cell:
    return cell if cell.label else Cell(empty.get(name, _UNSAID), unsaid=True)


def _says(record: Record, name: str) -> bool:
    cell = record.cells[name]
    return bool(cell.label) or cell.number is not None


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

    def record(self, row: Row, names: Iterable[str]) -> Record:
        cells = {name: self._cell(row, name) for name in names}
        declared = row.get(self._query.claim, {}).get("value", "")
        iris = [declared, *(term["value"] for term in row.values())]
        claims = {iri: self._claims[iri] for iri in iris if iri in self._claims}
        return Record(cells, tuple(claims.values()))

    def _cell(self, row: Row, name: str) -> Cell:
        if name == _DAY and name not in row:
            return Cell(day=_day(row))
        if name not in row:
            return Cell()
        term = row[name]
        if term["type"] == "uri":
            return self._thing(term["value"], row, name)
        column = self._query.columns.get(name)
        target = row.get(column.link, {}) if column and column.link else {}
        href = address(target["value"], self._base) if target.get("type") == "uri" else ""
        datatype = compact(term["datatype"], self._base) if "datatype" in term else ""
        if datatype == "xsd:date" or datatype.endswith("/EDTF"):
            return Cell(day=_day({_WHEN: term}))
        text = text_of(term)
        text = _TRUTH.get(text, text) if datatype == "xsd:boolean" else text
        title = "" if datatype in ("xsd:string", "rdf:langString") else datatype
        if _MONTH.fullmatch(text):
            text, title = _day({_WHEN: term}).brief, text
        number = _number(term)
        text = text.replace("-", "\N{MINUS SIGN}") if number is not None else text
        return Cell(text, href, term.get("xml:lang", ""), title, number=number)

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
        if local(iri).lower().endswith("unstated"):
            return Cell(_UNSAID, title=label.get("value", ""), unsaid=True)
        text = label.get("value") or (known.text if known else compact(iri, self._base))
        return Cell(text, href, label.get("xml:lang", ""), iri, iri)


def _day(row: Row) -> Day:
    """Read a date: in the words of its source where the row has them, else between two bounds.

    Without the one bound, begin or end stays open.
    """
    first, last, when = (row.get(name, {}).get("value", "") for name in (EARLIEST, LATEST, _WHEN))
    if not (first or last or when):
        return Day()
    between = f"[{first}..{last}]" if first and last else f"{first}/{last}"
    bounds = {"startMin": first, "startMax": last, "endMin": first, "endMax": last}
    if when:
        return day_of({"when": when, "basis": "", **bounds})
    day = day_of({"when": first if first == last else between, "basis": "", **bounds})
    return replace(day, note="within these days") if first != last and first and last else day


def is_digest(text: str) -> bool:
    """Tell whether a text is a SHA-256.

    >>> is_digest("ab" * 32), is_digest("ab")
    (True, False)
    """
    return bool(_SHA256.fullmatch(text))


def text_of(term: Term) -> str:
    """Write a value that is no IRI."""
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    if term["type"] == "triple":
        parts = (term["value"][part]["value"] for part in ("subject", "predicate", "object"))
        return " ".join(map(str, parts))
    return str(term["value"])


def _number(term: Mapping[str, Any]) -> float | None:
    return float(term["value"]) if term.get("datatype") in _NUMBERS else None
