"""Hold a dataset; run one read-only query and serialise it within one call; sorted N-Quads."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import pyoxigraph as ox

from hostagegraph.errors import (
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    RdfError,
    SnapshotError,
)

Kind = Literal["solutions", "boolean", "graph"]
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

SOLUTION_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}

# The clauses FROM and FROM NAMED, outside of strings, IRIs, comments and names.
_FROM = re.compile(
    r"""
      \"{3} (?: [^"\\] | \\. | "(?!"") )*+
    | \'{3} (?: [^'\\] | \\. | '(?!\'\') )*+
    | " (?: [^"\\\n\r] | \\. )*+ "?
    | ' (?: [^'\\\n\r] | \\. )*+ '?
    | < [^<>"{}|^`\x00-\x20]*+ >
    | \# [^\n\r]*+
    | [?$:@] [\w.%\-]*+
    | \b (from) \b (?!:)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PLACE = re.compile(r"error at (\d+):(\d+): ")
_UNKNOWN = re.compile(r"custom function <([^<>]*)> is not supported", re.IGNORECASE)
_MOST_UNKNOWN = 16
_NOWHERE: dict[ox.Variable, _Term] = {ox.Variable("of_no_query_7f3a"): ox.Literal("")}


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """One query and how to answer it.

    `formats` names, for each kind of result, the media type to write, or None where the client
    accepts none of ours. `union` makes the default graph the union of all named graphs, unless
    `default_graphs` or `named_graphs` choose the dataset. Relative IRIs are resolved against
    `base`, if there is one.
    """

    text: str
    formats: Mapping[Kind, str | None]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = True
    base: str | None = None


def store_of(quads: Iterable[ox.Quad]) -> ox.Store:
    """Hold quads in memory."""
    store = ox.Store()
    store.bulk_extend(quads)
    return store


def open_store(folder: Path) -> ox.Store:
    """Open a published store for reading. Raises SnapshotError when it cannot be opened."""
    try:
        return ox.Store.read_only(str(folder))
    except OSError as error:
        raise SnapshotError(f"{folder.name}: the store cannot be opened: {error}") from error


def write_store(folder: Path, dataset: bytes) -> None:
    """Write a new store that holds a dataset of N-Quads."""
    store = ox.Store(str(folder))
    store.bulk_load(input=dataset, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()


def canonical(quads: Iterable[ox.Quad]) -> bytes:
    """Write quads as sorted, unique lines of N-Quads: the same quads give the same bytes."""
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(text.splitlines(keepends=True))))


def digest_of(dataset: bytes) -> str:
    """Name a canonical dataset: SHA-256 in lower-case hex digits."""
    return hashlib.sha256(dataset).hexdigest()


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """Read an RDF file of any format the engine knows by its ending.

    Raises RdfError, naming line and column, when it does not parse.
    """
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise RdfError(f"{path.name}: no RDF format ends in {path.suffix or 'nothing'}")
    try:
        yield from ox.parse(path=str(path), format=form, base_iri=None)
    except SyntaxError as error:
        raise RdfError(
            f"{path.name}:{error.lineno or 0}:{error.offset or 0}: {error.msg}"
        ) from error
    except (OSError, ValueError) as error:
        raise RdfError(f"{path.name}: {error}") from error


def run_query(
    store: ox.Store,
    request: QueryRequest,
    begin: Callable[[Kind, str], IO[bytes]],
    prefixes: Mapping[str, str] | None = None,
    unknown: list[str] | None = None,
) -> int | None:
    """Run one read-only query, serialise the result, and count the triples of a graph.

    `begin` is called once, when the kind of result is known, with that kind and the media type;
    the bytes go to the file object it returns. Evaluation, iteration and serialisation stay in
    this call, because a result used from another thread aborts the process.

    A call of a function that the engine does not know is an error of its expression, as the
    standard has it, if `unknown` is given: their IRIs are put into it before the answer begins.

    Raises QuerySyntaxError when the query does not parse, or calls an unknown function and
    `unknown` is not given; QueryRefused when the client accepts no media type for this kind of
    result.
    """
    results = _started(store, request, unknown)
    if isinstance(results, ox.QueryTriples):
        media = _acceptable(request, "graph", GRAPH_FORMATS)
        sink = begin("graph", media)
        triples = _Counted(results)
        ox.serialize(
            triples, output=sink, format=GRAPH_FORMATS[media], prefixes=dict(prefixes or {})
        )
        return triples.count
    kind: Kind = "boolean" if isinstance(results, ox.QueryBoolean) else "solutions"
    media = _acceptable(request, kind, SOLUTION_FORMATS)
    results.serialize(begin(kind, media), format=SOLUTION_FORMATS[media])
    return None


def check_syntax(text: str, base: str | None = None) -> list[str]:
    """Parse a query without running it; give the unknown functions it calls.

    Raises QuerySyntaxError.
    """
    unknown: list[str] = []
    try:
        _started(ox.Store(), QueryRequest(text, {}, base=base), unknown, _NOWHERE)
    except QuerySyntaxError:
        raise
    except QueryError:
        # It parses. A value for a variable that it does not have keeps the engine from evaluating
        # it: aggregates and sorts would begin at once, on an empty store too.
        pass
    return unknown


def select(
    store: ox.Store, text: str, *, graphs: Sequence[str] = ()
) -> list[dict[str, ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None]]:
    """Run a SELECT query of the project's own and give its rows, variables without their `?`."""
    request = QueryRequest(text, {}, default_graphs=tuple(graphs))
    results = _evaluate(store, request)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    names = [variable.value for variable in results.variables]
    return [{name: row[name] for name in names} for row in results]


def syntax_error(message: str) -> QuerySyntaxError:
    """Read line and column out of the engine's message, which gives them in its text alone."""
    place = _PLACE.search(message)
    if place is None:
        return QuerySyntaxError(message)
    line, column = int(place[1]), int(place[2])
    return QuerySyntaxError(message[place.end() :], line, column)


@dataclass(slots=True)
class _Counted:
    """Triples, counted as they pass."""

    triples: Iterable[ox.Triple]
    count: int = 0

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in self.triples:
            self.count += 1
            yield triple


def _evaluate(
    store: ox.Store,
    request: QueryRequest,
    unknown: Iterable[str] = (),
    values: dict[ox.Variable, _Term] | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Start a query on its dataset; graphs chosen by the request win over FROM and the union."""
    functions: dict[ox.NamedNode, Callable[..., _Term | None]] = {
        ox.NamedNode(iri): _error for iri in unknown
    }
    if request.default_graphs or request.named_graphs:
        return store.query(
            request.text,
            base_iri=request.base,
            default_graph=[ox.NamedNode(iri) for iri in request.default_graphs],
            named_graphs=[ox.NamedNode(iri) for iri in request.named_graphs],
            custom_functions=functions,
            substitutions=values,
        )
    return store.query(
        request.text,
        base_iri=request.base,
        # The engine would let the union win over FROM.
        use_default_graph_as_union=request.union and not _names_dataset(request.text),
        custom_functions=functions,
        substitutions=values,
    )


def _error(*_: object) -> None:
    """Be a function whose every call is an error."""


def _names_dataset(text: str) -> bool:
    """Tell whether a query has a FROM clause of its own."""
    return any(found[1] for found in _FROM.finditer(text))


def _started(
    store: ox.Store,
    request: QueryRequest,
    unknown: list[str] | None,
    values: dict[ox.Variable, _Term] | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Start a query, and say in the project's words why it does not start."""
    while True:
        try:
            return _evaluate(store, request, unknown or (), values)
        except SyntaxError as error:
            raise syntax_error(error.msg) from error
        except RuntimeError as error:
            # The engine names one unknown function at a time.
            found = _UNKNOWN.search(str(error))
            if found is None:
                raise QueryError(f"the query cannot be evaluated: {error}") from error
            if unknown is None:
                raise QuerySyntaxError(f"the function <{found[1]}> is not known") from error
            if found[1] in unknown or len(unknown) >= _MOST_UNKNOWN:
                raise QuerySyntaxError(
                    f"the query calls more than {_MOST_UNKNOWN} unknown functions"
                ) from error
            unknown.append(found[1])


def _acceptable(request: QueryRequest, kind: Kind, known: Mapping[str, object]) -> str:
    media = request.formats.get(kind)
    if media is None:
        offer = ", ".join(known)
        raise QueryRefused(f"the answer is a {kind} result, which is offered as {offer}")
    return media
