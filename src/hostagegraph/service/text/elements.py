"""The text of a query in, the parts of its outermost group out, each as it is written.

The parts are such that every first few of them are a group of their own, and that a part more never
finds more: so the first part at which nothing is left can be looked for. Tests come last, because
a FILTER sees the whole group, wherever it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hostagegraph.ceilings import Token
from hostagegraph.service.text.patterns import lexemes

_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_BRACED: Final = frozenset({"OPTIONAL", "MINUS", "GRAPH", "SERVICE", "LATERAL", "VALUES"})
_ELEMENTS: Final = frozenset({*_BRACED, "FILTER", "BIND"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a group: its text, its line in the query, from 1; a triple may go on another."""

    text: str
    line: int
    triples: bool = False
    goes_on: bool = False
    tests: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A query in parts: what stands before its form, and its outermost group."""

    prologue: str
    parts: tuple[Part, ...]

    def first(self, count: int) -> str:
        """Ask whether the first parts find anything."""
        group: list[str] = []
        open_triples = False
        for part in self.parts[:count]:
            if open_triples and not part.goes_on:
                group.append(".")
            group.append(part.text)
            open_triples = part.triples
        return f"{self.prologue}\nASK {{\n{chr(10).join(group)}\n}}"


def cut(text: str) -> Cut:
    """Cut a query; without parts where its group is one sub-query."""
    read = list(lexemes(text))
    start, depth = 0, 0
    for n, token in enumerate(read):
        if not depth and token.kind == "word" and token.text.upper() in _FORMS:
            start = n
            break
        depth += (token.kind == "open") - (token.kind == "close")
    begin = start
    if read and read[start].text.upper() == "CONSTRUCT":
        begin = next(
            (n for n, each in enumerate(read) if n > start and each.text.upper() == "WHERE"), start
        )
    opened = next((n for n, each in enumerate(read) if n > begin and each.text == "{"), len(read))
    inner = read[opened + 1 : _closing(read, opened)]
    if not inner or inner[0].text.upper() == "SELECT":
        return Cut(text[: read[start].start] if read else "", ())
    parts = list(_parts(text, inner))
    ordered = [part for part in parts if not part.tests] + [part for part in parts if part.tests]
    return Cut(text[: read[start].start], tuple(ordered))


def _closing(read: Sequence[Token], opened: int) -> int:
    """Find the bracket that closes the one given; the end where none does."""
    depth = 0
    for n in range(opened, len(read)):
        depth += (read[n].kind == "open") - (read[n].kind == "close")
        if not depth:
            return n
    return len(read)


def _parts(text: str, inner: Sequence[Token]) -> Iterator[Part]:
    n = 0
    while n < len(inner):
        token = inner[n]
        word = token.text.upper() if token.kind == "word" else ""
        if token.text == ".":
            n += 1
        elif word in _ELEMENTS or token.text == "{":
            end = _end_of_element(inner, n)
            yield Part(*_slice(text, inner, n, end), tests=word == "FILTER")
            n = end
        else:
            end = _end_of_triples(inner, n)
            yield from _triples(text, inner, n, end)
            n = end


def _end_of_element(inner: Sequence[Token], n: int) -> int:
    """Find the end of a group with its branches, or of a word and what belongs to it."""
    if inner[n].text == "{":
        end = _closing(inner, n) + 1
        while end < len(inner) and inner[end].text.upper() == "UNION":
            end = _closing(inner, end + 1) + 1
        return end
    word = inner[n].text.upper()
    follows = [each.text.upper() for each in inner[n + 1 : n + 3]]
    braced = word in _BRACED or follows[:1] == ["EXISTS"] or follows == ["NOT", "EXISTS"]
    sign = "{" if braced else "("
    opened = next((k for k in range(n, len(inner)) if inner[k].text == sign), len(inner))
    return min(_closing(inner, opened) + 1, len(inner))


def _end_of_triples(inner: Sequence[Token], n: int) -> int:
    depth = 0
    for k in range(n, len(inner)):
        token = inner[k]
        word = token.text.upper() if token.kind == "word" else ""
        if not depth and (token.text in (".", "{") or word in _ELEMENTS):
            return k
        depth += (token.kind == "open") - (token.kind == "close")
    return len(inner)


def _triples(text: str, inner: Sequence[Token], n: int, end: int) -> Iterator[Part]:
    """Give the first triple, and each that goes on from it with the sign that joins them."""
    depth, begin = 0, n
    for k in range(n, end):
        if not depth and k > begin and inner[k].text in (";", ","):
            yield Part(*_slice(text, inner, begin, k), triples=True, goes_on=begin > n)
            begin = k
        depth += (inner[k].kind == "open") - (inner[k].kind == "close")
    if end - begin > 1 or begin == n:  # a last semicolon joins nothing
        yield Part(*_slice(text, inner, begin, end), triples=True, goes_on=begin > n)


def _slice(text: str, inner: Sequence[Token], begin: int, end: int) -> tuple[str, int]:
    start, last = inner[begin].start, inner[end - 1]
    return text[start : last.start + len(last.text)], text.count("\n", 0, start) + 1
