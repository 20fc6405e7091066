"""An answer: its rows as plain values, and what stands behind them."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import httpx
import pyoxigraph as ox

from hostagegraph.client.cells import Term, Value, text, value
from hostagegraph.client.connection import Connection, Fields
from hostagegraph.client.failures import Changed, Incomplete, NotTold, PandasMissing

if TYPE_CHECKING:
    from hostagegraph.client.frames import Frame

TABLE: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
EXPLAINED: Final = ("explain", "1")
_PARTS: Final = ("subject", "predicate", "object")
_NOTHING: Final[Term] = {"type": "literal", "value": ""}
_NEXT: Final = re.compile(r'rel="?next\b')


@dataclass(frozen=True)
class Asked:
    """A question to a saved query, so that the same can be asked again.

    `claim` is the column whose claim explains a row; `explain` names the columns that tell who
    says so, as far as the query has none of the same name.
    """

    connection: Connection
    name: str
    fields: Fields
    suffix: str
    claim: str = ""
    explain: Sequence[str] = ()

    def get(self, ending: str, *more: tuple[str, str]) -> httpx.Response:
        """Ask again, in another form. Raises GraphError."""
        return self.connection.get(f"/queries/{self.name}{ending}", [*self.fields, *more])


@dataclass(frozen=True)
class Answer:
    """A whole answer. `terms` are its rows as SPARQL JSON has them; `types` those of its columns.

    `more` tells that a page was asked for, and another follows. `sha256` is that of the bytes.
    """

    variables: tuple[str, ...]
    terms: Sequence[Mapping[str, Term]]
    url: str
    data_version: str
    sha256: str
    more: bool = False
    asked: Asked | None = None
    types: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.terms)

    def rows(self) -> list[dict[str, Value]]:
        """Give the rows as plain dicts; None where a cell is empty."""
        return [{name: value(row.get(name)) for name in self.variables} for row in self.terms]

    def frame(self) -> "Frame":
        """Give the rows as a pandas frame with typed columns. Raises PandasMissing."""
        try:
            from hostagegraph.client.frames import frame_of  # noqa: PLC0415 - pandas is optional
        except ModuleNotFoundError as error:
            if error.name != "pandas":
                raise
            message = "frames need pandas: pip install 'hostagegraph[client]'; rows() needs nothing"
            raise PandasMissing(message) from error
        return frame_of(self)

    @cached_property
    def receipt(self) -> dict[str, Any]:
        """The receipt of these very bytes, as JSON-LD. Raises Changed when others come by now."""
        asked = self._asked("a receipt")
        response = asked.get(asked.suffix, ("receipt", "1"))
        told: dict[str, Any] = response.json()
        if told["sha256"] != self.sha256:
            raise Changed("the same question has another answer by now; ask it again")
        return told

    def text(self, suffix: str) -> str:
        """Give the same answer as the service writes it: csv, tsv, json, xml; ttl, nt, jsonld."""
        return self._same(self._asked("other forms").get(f".{suffix}")).text

    def sources(self) -> list[dict[str, Value]]:
        """Say for each row who says so, where, and who denies it, as far as it has a claim."""
        claim = self._claim()
        return [self.said(row[claim]["value"] if claim in row else "") for row in self.terms]

    def said(self, claim: str) -> dict[str, Value]:
        """Say who says one claim of this answer, given by its IRI; empty where it has none."""
        column = self._claim()
        names = self._asked("who says so").explain
        told = self._voices.get(claim, {})
        return {column: claim or None, **{name: value(told.get(name)) for name in names}}

    def cite(self, row: int | str | None = None, form: str = "txt") -> str:
        """Cite a row, by its number or the IRI of its claim; without one, the answer as a whole.

        Forms: txt, bib (BibTeX), json (CSL-JSON), ttl.
        """
        if row is None:
            return self._same(self._asked("a citation").get(f"/cite.{form}")).text
        claim = row if isinstance(row, str) else text(self.terms[row].get(self._claim(), _NOTHING))
        if "/id/" not in claim:
            raise NotTold("this row shows no claim that could be cited")
        connection = self._asked("a citation").connection
        return self._same(connection.get(f"/cite/{claim.rpartition('/id/')[2]}.{form}")).text

    @cached_property
    def _voices(self) -> Mapping[str, Mapping[str, Term]]:
        asked, claim = self._asked("who says so"), self._claim()
        rows = self.terms
        if EXPLAINED not in asked.fields:
            response = self._same(asked.get(".json", EXPLAINED))
            rows = read(response).terms
        return {row[claim]["value"]: row for row in rows if claim in row}

    def _asked(self, what: str) -> Asked:
        if self.asked is None:
            raise NotTold(f"{what} can be had of saved queries alone")
        return self.asked

    def _claim(self) -> str:
        asked = self._asked("who says so")
        if not asked.claim:
            raise NotTold(
                f"the rows of {asked.name} rest on no claim of which voices could be told"
            )
        return asked.claim

    def _same(self, response: httpx.Response) -> httpx.Response:
        """Let an answer pass that is about the same data. Raises Changed."""
        if response.headers.get("x-data-version", "") != self.data_version:
            raise Changed("the data have changed since this answer; ask it again")
        return response


def read(
    response: httpx.Response, asked: Asked | None = None, types: Mapping[str, str] | None = None
) -> Answer:
    """Read a whole answer. Raises Incomplete when anything is missing from it."""
    media = response.headers.get("content-type", "").partition(";")[0].strip()
    try:
        variables, terms = _triples(response) if media == TRIPLES else _table(response)
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise Incomplete(f"the answer of {response.url} cannot be read: {error}") from error
    counted = response.headers.get("x-row-count")
    if counted is not None and media == TABLE and int(counted) != len(terms):
        raise Incomplete(f"{counted} rows were announced, {len(terms)} came")
    return Answer(
        variables,
        terms,
        str(response.url),
        response.headers.get("x-data-version", ""),
        hashlib.sha256(response.content).hexdigest(),
        bool(_NEXT.search(response.headers.get("link", ""))),
        asked,
        types or {},
    )


def _table(response: httpx.Response) -> tuple[tuple[str, ...], list[dict[str, Term]]]:
    told = json.loads(response.content)
    if "boolean" in told:
        truth = {
            "type": "literal",
            "value": str(told["boolean"]).lower(),
            "datatype": "http://www.w3.org/2001/XMLSchema#boolean",
        }
        return ("boolean",), [{"boolean": truth}]
    return tuple(told["head"]["vars"]), told["results"]["bindings"]


def _triples(response: httpx.Response) -> tuple[tuple[str, ...], list[dict[str, Term]]]:
    found = ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES)
    return _PARTS, [{part: _term(getattr(quad, part)) for part in _PARTS} for quad in found]


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """Write a term as SPARQL JSON does."""
    if isinstance(term, ox.Triple):
        return {"type": "triple", "value": str(term)}
    if isinstance(term, ox.Literal):
        marks = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **marks}
    kind = "uri" if isinstance(term, ox.NamedNode) else "bnode"
    return {"type": kind, "value": term.value}
