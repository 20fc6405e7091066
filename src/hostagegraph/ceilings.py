"""Query text in, nothing or a refusal out: ceilings that hold before any parser sees a query.

A parser or planner that recurses over hostile text ends its process. This module reads the text
once, from left to right, without recursion; it knows tokens and brackets, not the grammar. It is a
courtesy with a clear message: what passes here can still end a worker, never the service.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from hostagegraph.errors import QueryRefused, QueryTooComplex, QueryTooLong


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What a query may have at most.

    `nesting` is the depth of brackets; `operators` is how many may stand in a row with nothing but
    operands between them; `patterns` counts triples, groups, FILTER, BIND and VALUES.
    """

    text_bytes: int = 256_000
    nesting: int = 128
    operators: int = 256
    patterns: int = 200


class Token(NamedTuple):
    """A piece of a query: its kind, its text and where it begins."""

    kind: str
    text: str
    start: int


# Each alternative takes what it has begun, closed or not, so that reading stays linear.
_TOKEN = re.compile(
    r"""
      (?P<space>    \s++ | \#[^\n\r]*+ )
    | (?P<string>   \"{3} (?: [^"\\] | \\. | "(?!"") )*+ (?:\"{3})?
                  | '{3} (?: [^'\\] | \\. | '(?!'') )*+ (?:'{3})?
                  | " (?: [^"\\\n\r] | \\. )*+ "?
                  | ' (?: [^'\\\n\r] | \\. )*+ '? )
    | (?P<iri>      < [^<>"{}|^`\\\x00-\x20]*+ (?:\\[uU][^<>"{}|^`\\\x00-\x20]*+)*+ > )
    | (?P<variable> [?$]\w++ )
    | (?P<number>   (?: \d++ (?:\.\d++)? | \.\d++ ) (?: [eE][+-]?\d++ )? )
    | (?P<word>     \w++ )
    | (?P<local>    : (?: [\w:%\-] | \\. | \.(?=[\w:%\-.\\]) )*+ )
    | (?P<language> @ [A-Za-z]++ (?:-++[A-Za-z0-9]++)*+ )
    | (?P<datatype> \^\^ )
    | (?P<open>     << | [({\[] )
    | (?P<close>    >> | [)}\]] )
    | (?P<operator> && | \|\| | != | <= | >= | [!+\-*/|^=<>?] )
    | (?P<stop>     [.;,] )
    | (?P<other>    \\. | . )
    """,
    re.VERBOSE | re.DOTALL,
)

_OPENS = {")": "(", "}": "{", "]": "[", ">>": "<<"}
_OPERANDS = frozenset({"string", "iri", "variable", "number"})
_ELEMENTS = frozenset(
    {"OPTIONAL", "MINUS", "GRAPH", "FILTER", "BIND", "VALUES", "EXISTS", "LATERAL", "UNFOLD"}
)
_WHOLE_PATTERNS = frozenset({"FILTER", "BIND", "VALUES"})
_IRI_OPERATORS = re.compile(r"[!+\-*/|&=]")


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into tokens, without spaces and comments.

    >>> [token.text for token in tokens("ASK { ?s <a#b> 1 } # end")]
    ['ASK', '{', '?s', '<a#b>', '1', '}']
    """
    for match in _TOKEN.finditer(text):
        if match.lastgroup not in ("space", None):
            yield Token(match.lastgroup or "", match[0], match.start())


def check_ceilings(text: str, ceilings: Ceilings, read: Iterable[Token] | None = None) -> None:
    """Refuse a query that is above a ceiling, or that asks another service.

    Its tokens may be at hand already. Raises QueryTooLong, QueryTooComplex or QueryRefused; the
    message names ceiling and line.
    """
    check_size(text, ceilings)
    reader = _Reader(text, ceilings)
    for token in tokens(text) if read is None else read:
        reader.read(token)


def check_size(text: str, ceilings: Ceilings) -> None:
    """Refuse a query whose text is too long to be read at all. Raises QueryTooLong."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > ceilings.text_bytes:
        raise QueryTooLong(
            f"the query has {size} bytes; the ceiling for its text is {ceilings.text_bytes} bytes"
        )


@dataclass(slots=True)
class _Level:
    """What is counted inside one pair of brackets."""

    bracket: str
    data: bool = False
    operators: int = 0
    pending: bool = False


@dataclass(slots=True)
class _Reader:
    """Count while the tokens pass by."""

    text: str
    ceilings: Ceilings
    levels: list[_Level] = field(default_factory=lambda: [_Level("")])
    hidden: int = 0
    patterns: int = 0
    after: str = ""
    word: str = ""
    values: bool = False
    service_is_a_prefix: bool = False

    def read(self, token: Token) -> None:
        kind = token.kind
        if kind == "word":
            self._word(token)
        elif kind in _OPERANDS:
            self._operand(token)
        elif kind == "open":
            self._open(token)
        elif kind == "close":
            self._close(token)
        elif kind == "operator":
            self._operators(token, 1)
        elif kind == "stop":
            self._stop(token)
        elif kind == "local":
            self._local()
        self.after = kind

    # words

    def _word(self, token: Token) -> None:
        self.word, before = token.text.upper(), self.word
        if self.word == "SERVICE":
            self._service(token, before)
        elif self.word == "UNION":
            self._operators(token, 1)
        elif self.word in _ELEMENTS:
            self._flush(token)
            self.levels[-1].operators = 0
            self.values = self.values or self.word == "VALUES"
            if self.word in _WHOLE_PATTERNS:
                self._pattern(token)
        else:
            self._operand(token)

    def _service(self, token: Token, before: str) -> None:
        is_name = self.text.startswith(":", token.start + len(token.text))
        if is_name and before == "PREFIX":
            self.service_is_a_prefix = True
        elif not (is_name and self.service_is_a_prefix):
            raise QueryRefused(
                f"line {self._line(token)}: SERVICE is never followed; ask the other service itself"
            )

    def _local(self) -> None:
        if self.after != "word":
            self.levels[-1].pending = True

    # what counts

    def _operand(self, token: Token) -> None:
        level = self.levels[-1]
        if level.data or self.after == "datatype":
            return
        if level.bracket == "(" and self.after in _OPERANDS and token.kind in _OPERANDS:
            self._pattern(token)
        level.pending = True
        if token.kind == "iri":
            self._look_inside(token)

    def _look_inside(self, token: Token) -> None:
        """Count in an IRI too: `1<(1>(1` reads as one, and is a comparison."""
        opened = sum(map(token.text.count, "([{")) - sum(map(token.text.count, ")]}"))
        self.hidden += max(0, opened)
        self._check_depth(token)
        if len(_IRI_OPERATORS.findall(token.text)) > self.ceilings.operators:
            self._operators(token, self.ceilings.operators + 1)

    def _operators(self, token: Token, count: int) -> None:
        level = self.levels[-1]
        if level.data:
            return
        level.operators += count
        if level.operators > self.ceilings.operators:
            self._refuse("operators in a row", self.ceilings.operators, token)

    def _stop(self, token: Token) -> None:
        self.levels[-1].operators = 0
        self._flush(token)

    def _flush(self, token: Token) -> None:
        """Count a triple pattern that has just ended."""
        level = self.levels[-1]
        if level.pending and level.bracket in ("{", "[") and not level.data:
            self._pattern(token)
        level.pending = False

    def _pattern(self, token: Token) -> None:
        self.patterns += 1
        if self.patterns > self.ceilings.patterns:
            self._refuse("patterns", self.ceilings.patterns, token)

    # brackets

    def _open(self, token: Token) -> None:
        if token.text == "{":
            self._flush(token)
            if not self.values:
                self._pattern(token)
        data = self.levels[-1].data or (token.text == "{" and self.values)
        if token.text == "{":
            self.values = False
        self.levels.append(_Level(token.text, data))
        self._check_depth(token)

    def _close(self, token: Token) -> None:
        if token.text == ">>" and self.levels[-1].bracket != "<<":
            return
        self._flush(token)
        while self.levels[-1].bracket == "<<" != _OPENS[token.text]:
            self.levels.pop()
        if self.levels[-1].bracket == _OPENS[token.text]:
            self.levels.pop()
        if token.text != "}":
            self.levels[-1].pending = True

    def _check_depth(self, token: Token) -> None:
        if len(self.levels) - 1 + self.hidden > self.ceilings.nesting:
            self._refuse("nesting", self.ceilings.nesting, token)

    # refusals

    def _refuse(self, name: str, ceiling: int, token: Token) -> None:
        raise QueryTooComplex(
            f"line {self._line(token)}: the query is above the ceiling for {name}, {ceiling}"
        )

    def _line(self, token: Token) -> int:
        return self.text.count("\n", 0, token.start) + 1
