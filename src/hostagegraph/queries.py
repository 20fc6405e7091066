"""A folder of saved queries in, their catalogue out: found by name, tested, published."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from hostagegraph.errors import InvalidRecords, Problem, UnknownQuery
from hostagegraph.head import read_head
from hostagegraph.parameters import Parameter, Term, meant, shown
from hostagegraph.pick_lists import why_no_pick_list
from hostagegraph.query_files import read_query
from hostagegraph.saved_query import Column, QueryTest, SavedQuery
from hostagegraph.store import Kind, select
from hostagegraph.vocabulary import (
    DCAT_KEYWORD,
    DEFAULT_BASE,
    RDF_TYPE,
    RDFS_COMMENT,
    RDFS_LABEL,
    SH_ASK,
    SH_CONSTRUCT,
    SH_SELECT,
    SH_SPARQL_ASK_EXECUTABLE,
    SH_SPARQL_CONSTRUCT_EXECUTABLE,
    SH_SPARQL_EXECUTABLE,
    SH_SPARQL_SELECT_EXECUTABLE,
    Iris,
)

__all__ = ["Catalogue", "Column", "Parameter", "QueryTest", "SavedQuery"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All saved queries of a folder, sorted by name."""

    queries: tuple[SavedQuery, ...]
    base: str = DEFAULT_BASE

    @classmethod
    def load(cls, folder: Path, base: str = DEFAULT_BASE) -> "Catalogue":
        """Read every `.rq` file of a folder, rebased.

        Raises InvalidRecords with the mistakes of all files.
        """
        paths = sorted(folder.glob("*.rq"))
        names = [path.stem for path in paths]
        queries: list[SavedQuery] = []
        problems: list[Problem] = []
        for path in paths:
            try:
                queries.append(read_query(path, names, base))
            except InvalidRecords as error:
                problems.extend(error.problems)
        problems.extend(_unfit_pick_lists(queries))
        problems.extend(_same_titles(queries))
        if problems:
            raise InvalidRecords(problems)
        return cls(tuple(queries), base)

    def get(self, name: str) -> SavedQuery:
        """Find a query. Raises UnknownQuery, with the name that was probably meant."""
        for query in self.queries:
            if query.name == name:
                return query
        names = [query.name for query in self.queries]
        raise UnknownQuery(f"no saved query is named {shown(name)}{meant(name, names)}")

    def tests_on(self, store: ox.Store) -> tuple[tuple[SavedQuery, QueryTest], ...]:
        """List the tests that say something about this dataset: those whose sources are in it."""
        work = ox.NamedNode(RDF_TYPE), ox.NamedNode(Iris(self.base).term("SourceWork"))

        def holds(slug: str) -> bool:
            subject = ox.NamedNode(f"{self.base}id/source/{slug}")
            return any(True for _ in store.quads_for_pattern(subject, *work, None))

        return tuple(
            (query, test)
            for query in self.queries
            for test in query.tests
            if all(holds(slug) for slug in test.sources)
        )

    def run_tests(self, store: ox.Store) -> tuple[str, ...]:
        """Run the tests of the heads on a dataset, in this process; say which fail, and how."""
        return tuple(
            f"queries/{query.name}.rq:{test.line}: {failure}"
            for query, test in self.tests_on(store)
            for failure in test.failures(query.rows(store, test.params))
        )

    def rows_on(self, store: ox.Store) -> dict[str, int]:
        """Count the rows that each query gives on a dataset with its default values.

        Queries that need a value are left out, and so are those whose answer has no rows.
        """
        return {
            query.name: len(select(store, query.fill({})))
            for query in self.queries
            if query.kind == "solutions" and not query.needs_value
        }

    def quads(self, base: str | None = None) -> Iterator[ox.Quad]:
        """Publish the catalogue as SHACL executables, in its own named graph."""
        for query in self.queries:
            yield from _query_quads(query, Iris(base or self.base))


def _unfit_pick_lists(queries: Iterable[SavedQuery]) -> Iterator[Problem]:
    """Find parameters whose pick list cannot be filled."""
    by_name = {query.name: query for query in queries}
    for query in by_name.values():
        for param in query.params:
            listed = by_name.get(param.enum_query)
            if listed is not None and (why := why_no_pick_list(listed)):
                message = f"{listed.name} fills no pick list: {why}"
                path = f"params.{param.name}.enum_query"
                yield Problem(f"queries/{query.name}.rq", param.line, 1, path, message)


def _same_titles(queries: Iterable[SavedQuery]) -> Iterator[Problem]:
    """Find titles that an earlier query has: in a list nobody could tell the two apart."""
    first: dict[str, str] = {}
    for query in queries:
        if query.title == query.summary:
            continue
        earlier = first.setdefault(query.title.casefold(), query.name)
        if earlier != query.name:
            line = read_head(query.text).lines["title"]
            message = f"{earlier} has this title; say what differs"
            yield Problem(f"queries/{query.name}.rq", line, 1, "title", message)


_EXECUTABLES: Final[Mapping[Kind, tuple[str, str]]] = {
    "solutions": (SH_SPARQL_SELECT_EXECUTABLE, SH_SELECT),
    "graph": (SH_SPARQL_CONSTRUCT_EXECUTABLE, SH_CONSTRUCT),
    "boolean": (SH_SPARQL_ASK_EXECUTABLE, SH_ASK),
}


def _query_quads(query: SavedQuery, iris: Iris) -> Iterator[ox.Quad]:
    subject, graph = ox.NamedNode(iris.query(query.name)), ox.NamedNode(iris.graph("queries"))
    kind, text = _EXECUTABLES[query.kind]
    pairs: list[tuple[str, Term]] = [
        (RDF_TYPE, ox.NamedNode(SH_SPARQL_EXECUTABLE)),
        (RDF_TYPE, ox.NamedNode(kind)),
        (RDFS_LABEL, ox.Literal(query.summary, language="en")),
        (text, ox.Literal(query.text.replace(query.base, iris.base))),
        *((DCAT_KEYWORD, ox.Literal(tag, language="en")) for tag in query.tags),
    ]
    if query.description:
        pairs.append((RDFS_COMMENT, ox.Literal(query.description, language="en")))
    for predicate, value in pairs:
        yield ox.Quad(subject, ox.NamedNode(predicate), value, graph)
