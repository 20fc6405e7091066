"""A reading of the SPARQL algebra (section 18 of SPARQL 1.1 Query) in plain Python: the referee.

Groups of triple patterns, OPTIONAL, UNION, MINUS and FILTER, as the text has them and with no
thought of speed. Terms are written as in N-Triples, variables begin with `?`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Row = dict[str, str]
Triple = tuple[str, str, str]
DATE = "^^<http://www.w3.org/2001/XMLSchema#date>"


@dataclass(frozen=True)
class Compare:
    """Two terms, one of them a variable, and `=`, `!=`, `<` or `>`."""

    left: str
    operator: str
    right: str

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


@dataclass(frozen=True)
class Bound:
    variable: str

    def __str__(self) -> str:
        return f"BOUND({self.variable})"


@dataclass(frozen=True)
class Not:
    inner: "Condition"

    def __str__(self) -> str:
        return f"!({self.inner})"


@dataclass(frozen=True)
class Both:
    left: "Condition"
    operator: str
    right: "Condition"

    def __str__(self) -> str:
        return f"({self.left}) {self.operator} ({self.right})"


Condition = Compare | Bound | Not | Both


@dataclass(frozen=True)
class Group:
    """What stands between braces, in the order in which it is written."""

    parts: tuple["Part", ...]

    def __str__(self) -> str:
        return "{ " + " ".join(map(str, self.parts)) + " }"


@dataclass(frozen=True)
class Patterns:
    triples: tuple[Triple, ...]

    def __str__(self) -> str:
        return " ".join(f"{' '.join(triple)} ." for triple in self.triples)


@dataclass(frozen=True)
class Optional:
    group: Group

    def __str__(self) -> str:
        return f"OPTIONAL {self.group}"


@dataclass(frozen=True)
class Minus:
    group: Group

    def __str__(self) -> str:
        return f"MINUS {self.group}"


@dataclass(frozen=True)
class Union:
    left: Group
    right: Group

    def __str__(self) -> str:
        return f"{self.left} UNION {self.right}"


@dataclass(frozen=True)
class Filter:
    condition: Condition

    def __str__(self) -> str:
        return f"FILTER({self.condition})"


Part = Patterns | Optional | Minus | Union | Filter


def solutions(group: Group, data: Sequence[Triple]) -> list[Row]:
    """Evaluate a group: its parts in order, its filters last (18.2.2.6 and 18.2.2.7)."""
    rows = _unfiltered(group, data)
    return [row for row in rows if all(true_of(each, row) for each in _conditions(group))]


def _unfiltered(group: Group, data: Sequence[Triple]) -> list[Row]:
    rows: list[Row] = [{}]
    for part in group.parts:
        match part:
            case Patterns(triples):
                for triple in triples:
                    rows = list(_join(rows, list(_matches(triple, data))))
            case Union(left, right):
                rows = list(_join(rows, solutions(left, data) + solutions(right, data)))
            case Optional(inner):
                rows = list(_left_join(rows, _unfiltered(inner, data), _conditions(inner)))
            case Minus(inner):
                rows = list(_minus(rows, solutions(inner, data)))
    return rows


def _conditions(group: Group) -> list[Condition]:
    return [part.condition for part in group.parts if isinstance(part, Filter)]


def _matches(pattern: Triple, data: Sequence[Triple]) -> Iterator[Row]:
    for triple in data:
        row: Row = {}
        for wanted, found in zip(pattern, triple, strict=True):
            if row.get(wanted, found) != found if wanted.startswith("?") else wanted != found:
                break
            if wanted.startswith("?"):
                row[wanted] = found
        else:
            yield row


def _compatible(left: Row, right: Row) -> bool:
    return all(right.get(name, value) == value for name, value in left.items())


def _join(left: Iterable[Row], right: Sequence[Row]) -> Iterator[Row]:
    return (one | other for one in left for other in right if _compatible(one, other))


def _left_join(
    left: Iterable[Row], right: Sequence[Row], conditions: Sequence[Condition]
) -> Iterator[Row]:
    for one in left:
        joined = [
            row
            for row in _join([one], right)
            if all(true_of(condition, row) for condition in conditions)
        ]
        yield from joined or [one]


def _minus(left: Iterable[Row], right: Sequence[Row]) -> Iterator[Row]:
    for one in left:
        if not any(_compatible(one, other) and one.keys() & other.keys() for other in right):
            yield one


def true_of(condition: Condition, row: Row) -> bool:
    return _value(condition, row) is True


def _value(condition: Condition, row: Row) -> bool | None:
    """Find true, false or, as None, an error (17.2 and 17.3)."""
    match condition:
        case Bound(variable):
            return variable in row
        case Not(inner):
            value = _value(inner, row)
            return None if value is None else not value
        case Both(left, operator, right):
            values = {_value(left, row), _value(right, row)}
            decisive = operator == "||"
            return decisive if decisive in values else None if None in values else not decisive
        case Compare(left, operator, right):
            return _compared(row.get(left, left), operator, row.get(right, right))


def _compared(left: str, operator: str, right: str) -> bool | None:
    if left.startswith("?") or right.startswith("?"):
        return None  # not bound
    if operator in ("=", "!="):
        return (left == right) is (operator == "=")
    if not (left.endswith(DATE) and right.endswith(DATE)):
        return None  # only dates have an order here
    return left < right if operator == "<" else left > right
