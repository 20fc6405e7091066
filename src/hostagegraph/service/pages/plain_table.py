"""The bytes of an answer in, a plain table out: values under their labels, linked where known."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from hostagegraph.queries import SavedQuery
from hostagegraph.service.accounts.iris import address, compact
from hostagegraph.service.answers import collect
from hostagegraph.store import Kind
from hostagegraph.workers import Answer

FORMATS: Final[Mapping[Kind, str | None]] = {
    "solutions": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples",
}
MOST_ROWS: Final = 500
_MOST_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it is shown: its text, where it leads, its language and what it says in full."""

    text: str
    href: str = ""
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: headings, the rows that are shown, and how many there are in all."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    kind: str = "rows"


@dataclass(frozen=True, slots=True)
class Said:
    """A yes or no, or the fact that the result is too large for a page."""

    kind: str
    text: str


Result = Rows | Said


TOO_LARGE: Final = Said("large", "The result is too large for a page; take it in another format.")


async def result(answer: Answer, base: str, query: SavedQuery | None = None) -> Result:
    """Read an answer for a page; what is too large is said to be so."""
    body = await collect(answer, _MOST_BYTES)
    return TOO_LARGE if body is None else result_in(answer.kind, body, base, query)


def result_in(kind: Kind, body: bytes, base: str, query: SavedQuery | None = None) -> Result:
    """Read the bytes of an answer for a page."""
    if kind == "graph":
        return _graph_rows(body, base)
    told = json.loads(body)
    if kind == "boolean":
        return Said("boolean", "Yes." if told["boolean"] else "No.")
    return _rows(told, base, query)


def _graph_rows(body: bytes, base: str) -> Rows:
    triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
    rows = tuple(
        (_cell(t.subject, base), _cell(t.predicate, base), _cell(t.object, base))
        for t in triples[:MOST_ROWS]
    )
    return Rows(("subject", "predicate", "object"), rows, len(triples))


def _rows(told: Mapping[str, Any], base: str, query: SavedQuery | None) -> Rows:
    names: list[str] = told["head"]["vars"]
    shown = [name for name in names if not (name.endswith("Label") and name[:-5] in names)]
    bindings: list[dict[str, Any]] = told["results"]["bindings"]
    rows = tuple(
        tuple(_bound(row, name, base, query) for name in shown) for row in bindings[:MOST_ROWS]
    )
    headings = tuple(_heading(name, query) for name in shown)
    return Rows(headings, rows, len(bindings))


def _heading(name: str, query: SavedQuery | None) -> str:
    column = query.columns.get(name) if query else None
    return (column.label if column else "") or name


def _bound(row: Mapping[str, Any], name: str, base: str, query: SavedQuery | None) -> Cell:
    """Show a value: under its label where the row has one, linked where it is an IRI."""
    if name not in row:
        return Cell("")
    term = row[name]
    label = row.get(f"{name}Label", {}).get("value")
    if term["type"] == "uri":
        return _named(term["value"], base, label)
    column = query.columns.get(name) if query else None
    target = row.get(str(column.link), {}) if column and column.link else {}
    href = address(target["value"], base) if target.get("type") == "uri" else ""
    return Cell(_text(term), href, term.get("xml:lang", ""), _datatype(term, base))


def _text(term: Mapping[str, Any]) -> str:
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    if term["type"] == "triple":
        parts = (term["value"][part]["value"] for part in ("subject", "predicate", "object"))
        return " ".join(map(str, parts))
    return str(term["value"])


def _datatype(term: Mapping[str, Any], base: str) -> str:
    return compact(term["datatype"], base) if "datatype" in term else ""


def _named(iri: str, base: str, label: str | None = None) -> Cell:
    return Cell(label or compact(iri, base), address(iri, base), "", iri)


def _cell(term: object, base: str) -> Cell:
    if isinstance(term, ox.NamedNode):
        return _named(term.value, base)
    if isinstance(term, ox.Literal):
        return Cell(term.value, "", term.language or "", compact(term.datatype.value, base))
    return Cell(str(term))
