"""A service of hostagegraph, for one who asks from Python."""

import urllib.parse
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from hostagegraph.client.answers import EXPLAINED, TABLE, TRIPLES, Answer, Asked, read
from hostagegraph.client.connection import Connection
from hostagegraph.client.failures import Incomplete, NotTold, PandasMissing

if TYPE_CHECKING:
    import pandas as pd

    from hostagegraph.client.frames import Frame

_JSON: Final = "application/json"
_PAGED: Final = ("page", "per_page")


class Graph:
    """A service at an address. Use it as a context, or close it, to let its connections go.

    `timeout` is how long one answer may take to begin or go on; `patience` how long all in all to
    wait where the service says that it is busy. Both are in seconds.
    """

    def __init__(
        self, url: str, *, timeout: float = 60.0, patience: float = 30.0, token: str = ""
    ) -> None:
        self._connection = Connection(url, timeout, patience, token)
        self._known: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._connection.close()

    @property
    def url(self) -> str:
        """The address of the service."""
        return self._connection.url

    # Saved queries

    def catalogue(self) -> list[dict[str, Any]]:
        """List the saved queries with all that is told of them."""
        told: list[dict[str, Any]] = self._connection.get("/queries", accept=_JSON).json()[
            "queries"
        ]
        return told

    def queries(self) -> "pd.DataFrame":
        """List the saved queries as a frame: what each finds, and which parameters it takes."""
        try:
            import pandas as pd  # noqa: PLC0415 - pandas is optional
        except ModuleNotFoundError as error:
            message = (
                "frames need pandas: pip install 'hostagegraph[client]'; catalogue() needs nothing"
            )
            raise PandasMissing(message) from error
        rows = [
            {
                "name": query["name"],
                "summary": query["summary"],
                "parameters": ", ".join(each["name"] for each in query["parameters"]),
                "tags": ", ".join(query["tags"]),
                "obeys_policies": bool(query["sources"]),
                "claim": query["claim"],
            }
            for query in self.catalogue()
        ]
        return pd.DataFrame(rows).set_index("name")

    def q(
        self,
        name: str,
        /,
        *,
        sources: str | Iterable[str] = "",
        explain: bool = False,
        **values: Any,
    ) -> "Frame":
        """Ask a saved query and give a pandas frame with typed columns.

        Dates, numbers and truth values may be given as such, several values as a list; None
        leaves a parameter out. Raises GraphError.
        """
        return self.answer(name, sources=sources, explain=explain, **values).frame()

    def answer(
        self,
        name: str,
        /,
        *,
        sources: str | Iterable[str] = "",
        explain: bool = False,
        **values: Any,
    ) -> Answer:
        """Ask a saved query and give its answer, which needs no pandas. Raises GraphError."""
        told = self._told(name)
        types = {each["name"]: each["type"] for each in told["parameters"]}
        fields = [
            (field, _written(each, types.get(field, "")))
            for field, given in values.items()
            for each in _several(given)
        ]
        fields += [("sources", str(each)) for each in _several(sources or None)]
        fields += [EXPLAINED] if explain else []
        in_part = any(field in _PAGED for field, _ in fields)
        if told["paging"].get("per_page") and not in_part:
            fields.append(("per_page", "all"))  # the address alone would give the first page
        asked = Asked(
            self._connection,
            urllib.parse.quote(name, safe=""),
            tuple(fields),
            ".nt" if told["kind"] == "graph" else ".json",
            told["claim"] or "",
            tuple(each for each in told["explain"] if each not in told["columns"]),
        )
        columns = {column: each["type"] for column, each in told["columns"].items()}
        found = read(asked.get(asked.suffix), asked, columns)
        if found.data_version != self._known[name][0]:
            del self._known[name]  # told of older data; the next answer asks anew
        if found.more and not in_part:
            raise Incomplete(f"only the first page of {name} came")
        return found

    def _told(self, name: str) -> Mapping[str, Any]:
        """Learn what a query asks for, once."""
        if name not in self._known:
            response = self._connection.get(
                f"/queries/{urllib.parse.quote(name, safe='')}", accept=_JSON
            )
            version = response.headers.get("x-data-version", "")
            self._known[name] = (version, response.json())
        return self._known[name][1]

    # SPARQL and things

    def sparql(self, query: str) -> "Frame":
        """Run a SPARQL query of your own and give a pandas frame. Raises GraphError."""
        return self.select(query).frame()

    def select(self, query: str) -> Answer:
        """Run a SPARQL query of your own and give its answer, which needs no pandas."""
        accept = f"{TABLE}, {TRIPLES};q=0.9"
        return read(self._connection.post("/sparql", {"query": query}, accept))

    def turtle(self, iri: str) -> str:
        """Give what the graph says of a thing, by its IRI or its short form, as Turtle."""
        short = iri.removeprefix(f"{self.base}id/")
        if iri == f"{self.base}ns" or iri.startswith((f"{self.base}ns#", "hg:")):
            path = "/ns.ttl"
        elif ":" in short or short.count("/") != 1:
            raise NotTold(f"{iri} is no IRI of these data; they begin with {self.base}id/")
        else:
            path = f"/id/{urllib.parse.quote(short)}.ttl"
        return self._connection.get(path).text

    @cached_property
    def base(self) -> str:
        """The beginning of all IRIs of the data."""
        return str(self._connection.get("/version", accept=_JSON).json()["base"])


def _several(given: object) -> list[object]:
    if given is None:
        return []
    if isinstance(given, Iterable) and not isinstance(given, str):
        return list(given)
    return [given]


def _written(value: Any, kind: str) -> str:
    """Write a value as an address takes it; midnight is a day where a day is asked for."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime) and kind == "xsd:date" and value.time() == time.min:
        value = value.date()
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
