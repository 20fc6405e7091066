"""Random queries on small data: pyoxigraph, rdflib and the text of the standard must agree."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.algebra import (
    DATE,
    Both,
    Bound,
    Compare,
    Condition,
    Filter,
    Group,
    Minus,
    Not,
    Optional,
    Part,
    Patterns,
    Row,
    Triple,
    Union,
    solutions,
)

THINGS = ["<urn:minister>", "<urn:envoy>", "<urn:gazette>"]
LINKS = ["<urn:knows>", "<urn:says>"]
WHEN = "<urn:when>"
DATES = [f'"1900-0{month}-0{day}"{DATE}' for month, day in ((1, 1), (1, 2), (2, 1))]
VARIABLES = ["?a", "?b", "?c", "?d"]

links = st.tuples(st.sampled_from(THINGS), st.sampled_from(LINKS), st.sampled_from(THINGS))
times = st.tuples(st.sampled_from(THINGS), st.just(WHEN), st.sampled_from(DATES))
datasets = st.lists(links | times, min_size=3, max_size=10, unique=True)

# Mostly variables and mostly few patterns: a query that finds nothing says little.
variables = st.sampled_from(VARIABLES)
subjects = st.sampled_from([*VARIABLES, *VARIABLES, THINGS[0]])
objects = st.sampled_from([*VARIABLES, *VARIABLES, THINGS[1], DATES[0]])
patterns = st.lists(
    st.tuples(
        subjects,
        st.sampled_from([*LINKS, WHEN, WHEN, "?d"]),
        objects,
    ),
    min_size=1,
    max_size=2,
).map(lambda triples: Patterns(tuple(triples)))

# IRIs are not compared by order: the standard makes it an error that an engine may replace by a
# value (17.3.1), and pyoxigraph finds that an IRI is not greater than itself.
comparisons = st.builds(
    Compare,
    variables,
    st.sampled_from(["=", "!="]),
    variables | st.sampled_from([THINGS[0], DATES[1]]),
) | st.builds(Compare, variables, st.sampled_from(["<", ">"]), st.sampled_from(DATES))
conditions: st.SearchStrategy[Condition] = st.recursive(
    comparisons | st.builds(Bound, variables),
    lambda inner: (
        st.builds(Not, inner) | st.builds(Both, inner, st.sampled_from(["&&", "||"]), inner)
    ),
    max_leaves=3,
)


def _group(first: Patterns, *rest: Sequence[Part]) -> Group:
    return Group((first, *(part for parts in rest for part in parts)))


def groups(depth: int) -> st.SearchStrategy[Group]:
    """Make groups: triple patterns first, then what may be nested, then filters.

    Each has a variable, since rdflib gives no row at all for a pattern without one that matches,
    where the standard gives one row that binds nothing.
    """
    filters = st.lists(st.builds(Filter, conditions), max_size=1)
    if not depth:
        return st.builds(_group, patterns, filters)
    inner = groups(depth - 1)
    nested = st.builds(Optional, inner) | st.builds(Union, inner, inner) | st.builds(Minus, inner)
    return st.builds(_group, patterns, st.lists(nested, min_size=depth - 1, max_size=2), filters)


def reaches_across(group: Group, outer: frozenset[str] = frozenset()) -> bool:
    """Tell whether a nested MINUS uses a variable from two levels up that is not between.

    To the standard that variable is a new one until the groups are joined (18.2.2 evaluates each
    group by itself); rdflib evaluates the MINUS with the value from outside: other rows go.
    """
    own = frozenset().union(*(used(part) for part in group.parts if isinstance(part, Patterns)))
    for part in group.parts:
        for inner in nested_in(part):
            if isinstance(part, Minus) and used(inner) & (outer - own):
                return True
            if reaches_across(inner, outer | own | used_beside(group, inner)):
                return True
    return False


def used_beside(group: Group, inner: Group) -> frozenset[str]:
    beside = (part for part in group.parts if inner not in nested_in(part))
    return frozenset().union(*map(used, beside))


def nested_in(part: Part) -> tuple[Group, ...]:
    match part:
        case Optional(group) | Minus(group):
            return (group,)
        case Union(left, right):
            return left, right
    return ()


def used(part: Part | Group) -> frozenset[str]:
    return frozenset(variable for variable in VARIABLES if variable in str(part))


def by_pyoxigraph(query: str, data: Sequence[Triple]) -> list[Row]:
    store = ox.Store()
    store.load(input=_lines(data), format=ox.RdfFormat.N_TRIPLES)
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [
        {f"?{name}": str(term) for name in names if (term := row[name]) is not None}
        for row in found
    ]


def by_rdflib(query: str, data: Sequence[Triple]) -> list[Row]:
    graph = rdflib.Graph()
    graph.parse(data=_lines(data), format="nt")
    return [
        {f"?{name}": term.n3() for name, term in row.asdict().items() if term is not None}
        for row in graph.query(query)
        if isinstance(row, rdflib.query.ResultRow)
    ]


def _lines(data: Iterable[Triple]) -> str:
    return "".join(f"{' '.join(triple)} .\n" for triple in data)


def multiset(rows: Iterable[Row]) -> Counter[frozenset[tuple[str, str]]]:
    return Counter(frozenset(row.items()) for row in rows)


@pytest.mark.slow
@settings(max_examples=250, deadline=None, derandomize=True)
@given(datasets, groups(2).filter(lambda group: "?" in str(group)), st.booleans())
def test_engines_and_standard_agree(data: list[Triple], group: Group, distinct: bool) -> None:
    query = f"SELECT {'DISTINCT ' if distinct else ''}* {group}"
    expected = multiset(solutions(group, data))
    if distinct:
        expected = Counter(set(expected))
    assert multiset(by_pyoxigraph(query, data)) == expected, query
    if not reaches_across(group):
        assert multiset(by_rdflib(query, data)) == expected, query
