"""The text of a query in, its nested groups out, and where each variable is mentioned.

The text is read as far as scope needs it: strings, comments and IRIs are masked, groups are found
by their braces, and the expressions of FILTER and BIND by their brackets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal

from hostagegraph.ceilings import tokens

# A sub-query hides what it does not project; a branch, an option and a test stand apart.
Sort = Literal["plain", "query", "branch", "option", "test", "minus", "data"]

_SCAN: Final = re.compile(r"[{}]|(?<![?$:\w])[A-Za-z]+\b(?!:)|[?$]\w+")
_NEAR: Final = 200  # characters in which `VALUES (?a ?b` has room
_NAMED: Final = re.compile(r"(?i)\b(?:VALUES\s*(?:\([^){]*)?|AS\s+)$")
_OPENERS: Final[dict[str, Sort]] = {
    "UNION": "branch",
    "OPTIONAL": "option",
    "EXISTS": "test",
    "MINUS": "minus",
    "CONSTRUCT": "data",
    "VALUES": "data",
}


@dataclass(eq=False, slots=True)
class Group:
    """A pair of braces: what sort it is, where it begins and ends, and what stands around it.

    `projected` holds the variables that a sub-query lets through; None lets all through.
    """

    sort: Sort
    start: int
    end: int
    around: "Group | None"
    projected: frozenset[str] | None = None

    def up_to(self, outer: "Group") -> "Iterator[Group]":
        """Give this group and those around it, up to but without `outer`."""
        here: Group | None = self
        while here is not None and here is not outer:
            yield here
            here = here.around

    def holds(self, inner: "Group") -> bool:
        """Tell whether another group stands inside this one, or is the same."""
        return self.start <= inner.start and inner.end <= self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A variable in the body of a query; `tested` where it stands in an expression."""

    name: str
    start: int
    group: Group
    tested: bool


class Structure:
    """The groups of one text and the mentions of variables in them; `plain` is the masked text."""

    def __init__(self, text: str) -> None:
        self.plain = masked(text)
        self.groups = tuple(_groups(self.plain))

    def at(self, start: int) -> Group | None:
        """Give the innermost group around a place."""
        around = (group for group in self.groups if group.start < start < group.end)
        return max(around, key=lambda group: group.start, default=None)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every variable inside a group, but for projections, VALUES and targets of AS."""
        return tuple(self._mentions())

    def _mentions(self) -> Iterator[Mention]:
        expressions = [(self.at(start), start, end) for start, end in _expressions(self.plain)]
        wrappers = {id(group.around) for group in self.groups if group.sort == "query"}
        for found in re.finditer(r"[?$](\w+)", self.plain):
            group, before = self.at(found.start()), self.plain[: found.start()][-_NEAR:]
            # Beside the braces of a sub-query stand its SELECT clause and its modifiers.
            if group is None or group.sort == "data" or id(group) in wrappers:
                continue
            if not _NAMED.search(before):
                tested = any(
                    own is group and start < found.start() < end for own, start, end in expressions
                )
                yield Mention(found[1], found.start(), group, tested)


@lru_cache(maxsize=4)  # a file is looked at from many sides, one file after the other
def masked(text: str) -> str:
    """Blank out what stands in strings, comments and IRIs, and keep every place.

    >>> masked('SELECT * { ?s ?p "a}b" } # ?x')
    'SELECT * { ?s ?p "   " }     '
    """
    cells = list(re.sub(r"[^\n]", " ", text))
    for token in tokens(text):
        last = token.start + len(token.text) - 1
        if token.kind == "string":
            cells[token.start], cells[last] = token.text[0], token.text[-1]
        elif token.kind == "iri":
            cells[token.start : last + 1] = f"<{'i' * (len(token.text) - 2)}>"
        else:
            cells[token.start : last + 1] = token.text
    return "".join(cells)


def line_of(text: str, start: int) -> int:
    """Give the number of the line of a place, from 1."""
    return text.count("\n", 0, start) + 1


def filters(plain: str) -> Iterator[tuple[int, int]]:
    """Give the place of every FILTER with brackets, and where its content ends."""
    for found in re.finditer(r"(?i)\bFILTER\b\s*(?!\s|EXISTS\b|NOT\b)[^({]*\(", plain):
        yield found.start(), _closing(plain, found.end())


def _expressions(plain: str) -> Iterator[tuple[int, int]]:
    yield from filters(plain)
    for found in re.finditer(r"(?i)\bBIND\b\s*\(", plain):
        yield found.start(), _closing(plain, found.end())


def _closing(plain: str, start: int) -> int:
    """Find the bracket that closes the one before `start`."""
    depth = 1
    for found in re.finditer(r"[()]", plain[start:]):
        depth += 1 if found[0] == "(" else -1
        if not depth:
            return start + found.start()
    return len(plain)


def _groups(plain: str) -> Iterator[Group]:
    """Give every group, the inner ones before the outer ones."""
    open_groups: list[Group] = []
    word, select = "", -1
    for found in _SCAN.finditer(plain):
        sign = found[0].upper()
        if sign == "{":
            group = Group(_OPENERS.get(word, "plain"), found.start(), len(plain), None)
            group.around = open_groups[-1] if open_groups else None
            if select >= 0 and group.sort != "data":
                group.sort, group.projected = "query", _projection(plain[select : group.start])
                select = -1
            open_groups.append(group)
            word = ""
        elif sign == "}" and open_groups:
            yield _closed(open_groups.pop(), found.end(), plain)
            word = ""
        elif sign == "SELECT":
            select = found.end()
        elif sign in _OPENERS or sign in {"WHERE", "GRAPH"}:
            word = sign
    yield from reversed(open_groups)


def _closed(group: Group, end: int, plain: str) -> Group:
    """End a group; what UNION follows is a branch too."""
    group.end = end
    if group.sort == "plain" and re.match(r"(?i)\s*UNION\b", plain[end:]):
        group.sort = "branch"
    return group


def _projection(clause: str) -> frozenset[str] | None:
    """Read the variables of a SELECT clause; None for all."""
    flat, depth = "", 0
    for sign in clause:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        flat += sign if depth == 0 else ""
    if "*" in flat:
        return None
    named = re.findall(r"[?$](\w+)", flat)
    return frozenset([*named, *re.findall(r"(?i)\bAS\s+[?$](\w+)\s*\)", clause)])
