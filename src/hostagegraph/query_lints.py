"""The text of a saved query in, the habits that it breaks out, each with its place.

The text is read as far as needed: what stands in strings, comments and IRIs is masked, and the
lines of VALUES and the contents of FILTERs are found by their brackets.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hostagegraph.ceilings import tokens

_SAME = re.compile(
    r"[?$]\w+\s*=\s*(?:<i*>|[\w-]*+:[\w-]*+(?!\s*\())"
    r"|(?:<i*>|(?<![\w-])[\w-]*+:[\w-]*+)\s*=\s*[?$]\w+"
    r"|[?$]\w+\s+IN\s*\(\s*(?:<i*>|[\w-]*+:[\w-]*+(?!\s*\())",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lint:
    """A habit that a text breaks: where, what to do, and the parameter it is about, if any."""

    line: int
    column: int
    message: str
    param: str = ""


def lints(text: str, droppable: Iterable[str]) -> Iterator[Lint]:
    """Find what is wrong with a text whose `droppable` parameters may be left out.

    >>> [lint.column for lint in lints("SELECT * { ?s ?p ?_o }", ())]
    [18]
    """
    plain = masked(text)
    yield from _variables_of_grlc(plain)
    yield from _scanning_filters(plain)
    yield from _unguarded_filters(plain, tuple(droppable))


def values_lines(text: str, name: str) -> list[int]:
    """Give the line of every VALUES that binds a variable, alone or with others."""
    plain, variable = masked(text), re.escape(f"?{name}")
    start = rf"\b(?i:VALUES)\s*(?:{variable}\b|\([^)]*{variable}\b)"
    return [_line_of(plain, found.start()) for found in re.finditer(start, plain)]


def is_whole_line(text: str, line: int, name: str) -> bool:
    """Tell whether a line is `VALUES ?name { … }` and nothing else."""
    whole = rf"\s*(?i:VALUES)\s*{re.escape(f'?{name}')}\s*\{{.*\}}\s*"
    return re.fullmatch(whole, masked(text).split("\n")[line - 1]) is not None


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


def _line_of(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1


def _variables_of_grlc(plain: str) -> Iterator[Lint]:
    for n, line in enumerate(plain.split("\n"), 1):
        for found in re.finditer(r"[?$]_\w*", line):
            message = f"grlc takes {found[0]} for a parameter: use a name without _ at its front"
            yield Lint(n, found.start() + 1, message)


def _scanning_filters(plain: str) -> Iterator[Lint]:
    message = "this FILTER scans everything; bind the variable with VALUES, first in its group"
    for line, content in _filters(plain):
        own = re.sub(r"\{.*\}", "", content, flags=re.DOTALL)
        if "||" not in own and _SAME.search(own):
            yield Lint(line, 1, message)


def _unguarded_filters(plain: str, droppable: tuple[str, ...]) -> Iterator[Lint]:
    for line, content in _filters(plain):
        for name in droppable:
            variable = re.escape(f"?{name}")
            guard = rf"!\s*BOUND\s*\(\s*{variable}\s*\)"
            guarded = "||" in content and re.search(guard, content, re.IGNORECASE)
            if re.search(rf"{variable}\b", content) and not guarded:
                message = f"without a value this finds nothing; write `!BOUND(?{name}) || …`"
                yield Lint(line, 1, message, name)


def _filters(plain: str) -> Iterator[tuple[int, str]]:
    """Give line and content of every FILTER but the plain EXISTS and NOT EXISTS."""
    for found in re.finditer(r"(?i)\bFILTER\b\s*(?!\s|EXISTS\b|NOT\b)[^({]*\(", plain):
        depth, end = 1, found.end()
        while depth and end < len(plain):
            depth += {"(": 1, ")": -1}.get(plain[end], 0)
            end += 1
        yield _line_of(plain, found.start()), plain[found.end() : end - 1]
