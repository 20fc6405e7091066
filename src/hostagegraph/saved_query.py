"""One saved query: values in, its filled text, its rows and the failures of its tests out."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from hostagegraph.errors import ParameterError, PolicyError
from hostagegraph.parameters import Parameter, meant, short
from hostagegraph.store import Kind, select

_SHOWN: Final = 10  # rows told of one failing test


@dataclass(frozen=True, slots=True)
class Column:
    """How to show a column: its heading, what its cells hold, the column whose IRI they link to.

    `empty` is what a cell without a value says, such as that there is nobody.
    """

    label: str = ""
    type: str = ""
    link: str = ""
    empty: str = "not said"


@dataclass(frozen=True, slots=True)
class QueryTest:
    """What a query must answer for given parameters.

    `rows` are all rows and `contains` some of them, as mappings from column to the short form of
    a term; a column that is left out is free. `sources` names the works without which the
    test says nothing.
    """

    params: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[Mapping[str, str], ...] | None = None
    row_count: int | None = None
    min_rows: int | None = None
    contains: tuple[Mapping[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    reason: str = ""
    line: int = 0

    def failures(self, rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
        """Say what is wrong with an answer, if anything is.

        >>> list(QueryTest(row_count=2).failures([{"agent": "agent/example-gazette"}]))
        ['expected 2 rows, found 1']
        """
        if self.row_count is not None and len(rows) != self.row_count:
            yield f"expected {self.row_count} rows, found {len(rows)}"
        if self.min_rows is not None and len(rows) < self.min_rows:
            yield f"expected {self.min_rows} rows or more, found {len(rows)}"
        for row in self.contains:
            if not any(row.items() <= found.items() for found in rows):
                yield f"no row holds {_row(row)}"
        if self.rows is not None:
            yield from _differences(self.rows, rows)


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One saved query, ready to be filled and run; `variables` are the columns of its result.

    `title` is the short name under which lists have it: the summary where the head gives none.
    `claim` is the column whose claim explains the row. `policy` gives, for each variable that
    stands for a claim on which an answer rests, the line of its VALUES. `per_page` is the number
    of rows of a page, None where the head says nothing; `max_age` is in seconds.
    """

    name: str
    text: str
    kind: Kind
    variables: tuple[str, ...]
    base: str
    title: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    params: tuple[Parameter, ...] = ()
    columns: Mapping[str, Column] = field(default_factory=dict)
    view: str = "table"
    claim: str = ""
    tests: tuple[QueryTest, ...] = ()
    policy: Mapping[str, int] = field(default_factory=dict)
    per_page: int | None = None
    method: str = "GET"
    max_age: int = 0

    @property
    def digest(self) -> str:
        """Name this version of the text: SHA-256 in lower-case hex digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def topics(self) -> tuple[str, ...]:
        """The tags that mean something to readers: not the numbers of the questions, q1 to q40."""
        return tuple(tag for tag in self.tags if not re.fullmatch(r"q\d+", tag))

    @property
    def needs_value(self) -> bool:
        """Tell whether nothing can be asked before a parameter has a value."""
        return any(param.required and not param.default for param in self.params)

    @property
    def obeys_policies(self) -> bool:
        """Tell whether the query can be restricted to claims that meet a source policy."""
        return bool(self.policy)

    def fill(self, values: Mapping[str, Sequence[str]], claims: Sequence[str] | None = None) -> str:
        """Write checked values into the `VALUES` lines; drop those of absent optional parameters.

        `claims` are the IRIs of the claims on which the answer may rest; None means all.

        Raises ParameterError with every problem, by the name of the parameter; PolicyError when
        claims are given and the query cannot be restricted to them.
        """
        names = [param.name for param in self.params]
        problems = {
            name: f"unknown parameter{meant(name, names)}" for name in values if name not in names
        }
        given = self.text.split("\n")
        lines: list[str | None] = [*given]
        for param in self.params:
            n = param.line - 1
            try:
                lines[n] = param.fill(given[n], values.get(param.name, ()), self.base)
            except ValueError as error:
                problems[param.name] = str(error)
        if problems:
            raise ParameterError(problems)
        if claims is not None and not self.obeys_policies:
            raise PolicyError(f"{self.name} obeys no source policy: {self._why_not}")
        allowed = None if claims is None else " ".join(str(ox.NamedNode(iri)) for iri in claims)
        for name, line in self.policy.items():
            lines[line - 1] = None if allowed is None else f"VALUES ?{name} {{ {allowed} }}"
        return "\n".join(line for line in lines if line is not None)

    @property
    def _why_not(self) -> str:
        if self.claim:
            return "it has no line in which the claims that pass could be written"
        return "its rows rest on no claims, or on claims that it does not tell apart"

    def rows(
        self,
        store: ox.Store,
        values: Mapping[str, Sequence[str]],
        claims: Sequence[str] | None = None,
    ) -> list[dict[str, str]]:
        """Run the query in this process and give its rows in short forms.

        A boolean answer is one row with the column `boolean`; a graph has a row for each triple.
        """
        text = self.fill(values, claims)
        if self.kind == "solutions":
            return [
                {name: short(term, self.base) for name, term in row.items()}
                for row in select(store, text)
            ]
        results = store.query(text, use_default_graph_as_union=True)
        if isinstance(results, ox.QueryTriples):
            return [
                {
                    "subject": short(triple.subject, self.base),
                    "predicate": short(triple.predicate, self.base),
                    "object": short(triple.object, self.base),
                }
                for triple in results
            ]
        return [{"boolean": str(bool(results)).lower()}]


def _differences(
    expected: Sequence[Mapping[str, str]], found: Sequence[Mapping[str, str]]
) -> Iterator[str]:
    """Compare rows as multisets, on the columns that the first expected row names."""
    if not expected:
        if found:
            yield f"expected no rows, found {len(found)}"
        return
    columns = list(expected[0])
    want, have = (
        Counter(tuple(row.get(name, "") for name in columns) for row in rows)
        for rows in (expected, found)
    )
    for what, cells in (("missing", want - have), ("unexpected", have - want)):
        for row in sorted(cells.elements())[:_SHOWN]:
            yield f"{what} row {_row(dict(zip(columns, row, strict=True)))}"
        if cells.total() > _SHOWN:
            yield f"{cells.total()} {what} rows in all"


def _row(row: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in row.items()) + "}"
