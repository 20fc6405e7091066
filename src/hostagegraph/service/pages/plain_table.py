"""The bytes of an answer in, a plain table out: things under their names, terms as in a query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from fastapi import Request

from hostagegraph.service.accounts.iris import address, compact
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.accounts.readable import text_of
from hostagegraph.service.answers import collect
from hostagegraph.service.rows import Row, Term
from hostagegraph.service.rows import Rows as Solutions
from hostagegraph.service.serving import serving
from hostagegraph.store import Kind
from hostagegraph.workers import Answer

FORMATS: Final[Mapping[Kind, str | None]] = {
    "solutions": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples",
}
MOST_ROWS: Final = 500
MOST_NAMES: Final = 500  # of things that are looked up for one table
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


async def result(request: Request, answer: Answer) -> Result:
    """Read an answer for a page; what is too large is said to be so."""
    body = await collect(answer, _MOST_BYTES)
    if body is None:
        return TOO_LARGE
    if answer.kind == "boolean":
        return truth(body)
    found = _graph(body) if answer.kind == "graph" else Solutions.read(body)
    return await _table(request, found)


def truth(body: bytes) -> Said:
    """Read a yes or no."""
    return Said("boolean", "Yes." if json.loads(body)["boolean"] else "No.")


def _graph(body: bytes) -> Solutions:
    """Read triples as rows of three columns."""
    triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
    columns = ("subject", "predicate", "object")
    rows = tuple(dict(zip(columns, map(_term, triple), strict=True)) for triple in triples)
    return Solutions(columns, rows)


def _term(term: object) -> Term:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        told = {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        return {**told, "xml:lang": term.language} if term.language else told
    return {"type": "bnode", "value": str(term).removeprefix("_:")}


async def _table(request: Request, found: Solutions) -> Rows:
    base = serving(request).base
    variables = found.variables
    shown = [name for name in variables if not (name.endswith("Label") and name[:-5] in variables)]
    few = found.first(MOST_ROWS).rows
    bare = {
        row[name]["value"]
        for row in few
        for name in shown
        if name in row and row[name]["type"] == "uri" and f"{name}Label" not in row
    }
    things = sorted(iri for iri in bare if iri.startswith(f"{base}id/"))
    known = await names(request, things[:MOST_NAMES])
    rows = tuple(tuple(_cell(row, name, base, known) for name in shown) for row in few)
    return Rows(tuple(shown), rows, len(found.rows))


def _cell(row: Row, name: str, base: str, known: Mapping[str, Name]) -> Cell:
    """Show a value: a thing under its label or name, with its IRI in short beside it."""
    if name not in row:
        return Cell("")
    term = row[name]
    if term["type"] != "uri":
        datatype = compact(term["datatype"], base) if "datatype" in term else ""
        return Cell(text_of(term), "", term.get("xml:lang", ""), datatype)
    iri = term["value"]
    short = compact(iri, base)
    label = row.get(f"{name}Label", {})
    if label or iri not in known:
        text, language = label.get("value") or short, label.get("xml:lang", "")
        return Cell(text, address(iri, base), language, iri if text == short else short)
    called = known[iri]
    text = f"“{called.text}”" if called.unnamed else called.text
    return Cell(text, called.href, called.language, iri if text == short else short)
