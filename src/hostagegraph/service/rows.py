"""The rows of an answer: SPARQL JSON in, the same or changed rows out in each format of results."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import pyoxigraph as ox

from hostagegraph.store import SOLUTION_FORMATS

JSON: Final = "application/sparql-results+json"

Term = Mapping[str, Any]
Row = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Rows:
    """Solutions as SPARQL JSON has them: a variable without a value is absent from its row."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Read a whole answer in SPARQL JSON."""
        told = json.loads(body)
        return cls(tuple(told["head"]["vars"]), tuple(told["results"]["bindings"]))

    def with_columns(
        self, names: Sequence[str], cells: Callable[[Row], Mapping[str, Term]]
    ) -> Self:
        """Add columns at the end; one that the rows have already stays as it is."""
        added = tuple(name for name in names if name not in self.variables)
        rows = tuple(
            {**row, **{name: term for name, term in cells(row).items() if name in added}}
            for row in self.rows
        )
        return type(self)((*self.variables, *added), rows)

    def first(self, count: int) -> Self:
        """Keep the first rows."""
        return type(self)(self.variables, self.rows[:count])

    def written(self, media: str) -> bytes:
        """Write the rows in a format of results."""
        told = {"head": {"vars": self.variables}, "results": {"bindings": self.rows}}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        if media == JSON:
            return body
        # The engine's own writers: a result that it writes again is the same in every format.
        found = ox.parse_query_results(body, format=SOLUTION_FORMATS[JSON])
        return found.serialize(format=SOLUTION_FORMATS[media]) or b""
