"""Query text in, the triple patterns it asks for out: a reader of tokens, no parser.

It knows groups, triples, paths and blank node lists, and passes over expressions and data. What it
reads wrongly costs a notice or a hint, never an answer, so it reads on where a parser would stop.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from hostagegraph.ceilings import Token, tokens

_PREFIX_BEFORE = re.compile(r"[^\W\d_][\w.\-]*\Z|_\Z")
_LONGEST_PREFIX: Final = 64
_TERMS: Final = frozenset({"iri", "name", "variable", "string", "number"})
_PLAIN_WORDS: Final = frozenset({"A", "TRUE", "FALSE", "UNDEF"})
# What follows these words is no triple: up to one bracket that closes, or up to a brace.
_PASSED_OVER: Final = {
    **dict.fromkeys(("FILTER", "BIND"), "expression"),
    **dict.fromkeys(("SELECT", "ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET"), "clause"),
    "VALUES": "data",
}
_JOINING: Final = frozenset({"/", "|", "^", "!"})


@dataclass(frozen=True, slots=True)
class Step:
    """One property of a path: whether it is read backwards, stands first and stands last."""

    property: str
    inverse: bool
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """Subject, path and object of a triple pattern, each as it is written."""

    subject: str
    path: tuple[Step, ...]
    object: str


@dataclass(slots=True)
class Reading:
    """What was read: the patterns that rows come from, and where a full stop seems to be missing.

    Patterns under MINUS and NOT EXISTS are left out: no row says what they say.
    """

    patterns: list[Pattern] = field(default_factory=list)
    loose: int | None = None


def lexemes(text: str) -> Iterator[Token]:
    """Cut a query into tokens, prefixed names in one piece.

    >>> [token.text for token in lexemes("ASK { ?s my-own:p _:b }")]
    ['ASK', '{', '?s', 'my-own:p', '_:b', '}']
    """
    held: list[Token] = []
    for token in tokens(text):
        if token.kind == "local":
            start = max(0, token.start - _LONGEST_PREFIX)
            before = _PREFIX_BEFORE.search(text, start, token.start)
            begin = before.start() if before else token.start
            while held and held[-1].start >= begin:
                held.pop()
            token = Token("name", text[begin : token.start] + token.text, begin)  # noqa: PLW2901
        elif held and token.start != held[-1].start + len(held[-1].text):
            yield from held
            held = []
        held.append(token)
    yield from held


def read_patterns(text: str, read: Iterable[Token] | None = None) -> Reading:
    """Read the triple patterns of a query, whose tokens may be at hand already."""
    reader = _Reader(text)
    for token in lexemes(text) if read is None else read:
        reader.read(token)
    return reader.reading


@dataclass(slots=True)
class _Frame:
    """One pair of brackets, and how far its present triple is read."""

    kind: str
    negated: bool = False
    subject: str = ""
    path: list[tuple[str, str]] = field(default_factory=list)
    open: bool = True
    depth: int = 0
    objects: int = 0
    passing: str = ""

    def restart(self) -> None:
        self.subject = ""
        self.turn()

    def turn(self) -> None:
        self.path, self.open, self.depth, self.objects = [], True, 0, 0


@dataclass(slots=True)
class _Reader:
    text: str
    reading: Reading = field(default_factory=Reading)
    frames: list[_Frame] = field(default_factory=lambda: [_Frame("top")])
    word: str = ""
    before: str = ""
    skip_term: bool = False
    lists: int = 0

    def read(self, token: Token) -> None:
        kind = token.kind
        if kind == "word" and token.text.upper() not in _PLAIN_WORDS:
            self._keyword(token.text.upper())
        elif kind == "open":
            self._open(token)
        elif kind == "close":
            self._close(token)
        elif kind == "other" and token.text == "~":
            self.skip_term = True
        elif self.frames[-1].kind in ("group", "list"):
            self._in_triple(token)

    def _keyword(self, word: str) -> None:
        self.before, self.word = self.word, word
        frame = self.frames[-1]
        if frame.kind == "group" and frame.passing != "expression":
            frame.restart()
            frame.passing = _PASSED_OVER.get(word, frame.passing)
        self.skip_term = word in ("GRAPH", "SERVICE")

    # brackets

    def _open(self, token: Token) -> None:
        frame = self.frames[-1]
        in_triple = frame.kind in ("group", "list") and not frame.passing
        if token.text == "{":
            self._open_brace(token)
        elif token.text == "(" and in_triple and frame.subject and frame.open:
            frame.depth += 1
            frame.path.append(("(", ""))
        elif token.text == "[" and in_triple:
            self.lists += 1
            name = f"[{self.lists}]"
            self._term(name, token.start)
            self.frames.append(_Frame("list", frame.negated, name))
        else:
            self.frames.append(_Frame("skipped", frame.negated))

    def _open_brace(self, token: Token) -> None:
        frame = self.frames[-1]
        if self.text.startswith("{|", token.start):
            self.frames.append(_Frame("skipped", frame.negated))
            return
        data = self.word == "VALUES" or (self.word == "CONSTRUCT" and frame.kind == "top")
        within = frame.kind == "skipped" and self.word != "EXISTS"
        negated = self.word == "MINUS" or (self.word == "EXISTS" and self.before == "NOT")
        if frame.kind == "group":
            frame.restart()
            frame.passing = ""
        kind = "skipped" if data or within else "group"
        self.frames.append(_Frame(kind, frame.negated or negated))
        self.before = self.word = ""

    def _close(self, token: Token) -> None:
        frame = self.frames[-1]
        if token.text == ")" and frame.depth:
            frame.depth -= 1
            frame.path.append((")", ""))
            frame.open = False
        elif len(self.frames) > 1:
            self.frames.pop()
            self._after(frame, self.frames[-1], token)

    def _after(self, closed: _Frame, outer: _Frame, token: Token) -> None:
        """Go on behind a bracket: a collection or a triple term is one term."""
        if outer.kind not in ("group", "list") or closed.kind != "skipped":
            return
        if outer.passing == "expression":
            outer.passing = ""
        elif not outer.passing and token.text in (")", ">>"):
            self._term("(…)", token.start)

    # triples

    def _in_triple(self, token: Token) -> None:
        frame = self.frames[-1]
        if frame.passing:
            return
        if token.kind in _TERMS or token.kind == "word":
            self._term(token.text, token.start)
        elif token.kind == "operator":
            self._operator(frame, token.text)
        elif token.text == ";":
            frame.turn()
        elif token.text == ",":
            frame.objects = 0
        elif token.text == ".":
            frame.restart()

    def _operator(self, frame: _Frame, sign: str) -> None:
        if frame.subject and not frame.objects and sign in _JOINING:
            frame.path.append((sign, ""))
            frame.open = True

    def _term(self, text: str, start: int) -> None:
        frame = self.frames[-1]
        if self.skip_term:
            self.skip_term = False
        elif not frame.subject:
            frame.subject = text
        elif frame.open:
            frame.path.append(("property", text))
            frame.open = False
        elif frame.objects:
            if self.reading.loose is None:
                self.reading.loose = start
        else:
            frame.objects = 1
            if not frame.negated:
                pattern = Pattern(frame.subject, tuple(_steps(frame.path)), text)
                self.reading.patterns.append(pattern)


def _steps(path: list[tuple[str, str]]) -> Iterator[Step]:
    """Say of each property of a path where it stands, without its brackets."""
    slashes = sum(sign == "/" for sign, _ in path)
    passed, inverse, group_inverse = 0, False, [False]
    for sign, name in path:
        if sign == "/":
            passed += 1
        elif sign == "^":
            inverse = True
        elif sign == "(":
            group_inverse.append(group_inverse[-1] != inverse)
            inverse = False
        elif sign == ")":
            group_inverse.pop()
        elif sign == "property":
            backwards = group_inverse[-1] != inverse
            yield Step(name, backwards, passed == 0, passed == slashes)
            inverse = False
