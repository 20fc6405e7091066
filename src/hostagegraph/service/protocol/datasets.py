"""A query and its dataset in, what is wrong with the graphs it names out.

A graph is always one of the data: nothing is fetched. A graph that is not there is empty, as the
protocol has it, and the answer says so; a file is refused, for nobody means an empty graph by it.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from hostagegraph.errors import QueryRefused
from hostagegraph.service.serving import Serving
from hostagegraph.service.text.patterns import lexemes

_SHOWN = 120
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_LAST_CHARACTER = 0x10FFFF


def named_in(text: str) -> Iterator[str]:
    """Find the graphs that FROM and FROM NAMED name, relative ones as BASE in the query says."""
    if "FROM" not in text.upper():
        return
    prefixes: dict[str, str] = {}
    base, before = "", ["", ""]
    for token in lexemes(text):
        word = token.text.upper()
        iri = _ESCAPE.sub(_unescaped, token.text[1:-1]) if token.kind == "iri" else ""
        if token.kind == "iri" and before[1] == "BASE":
            base = iri
        elif token.kind == "iri" and before[0] == "PREFIX":
            prefixes[before[1]] = _resolved(base, iri)
        elif before[1] == "FROM" or before == ["FROM", "NAMED"]:
            prefix, _, local = token.text.partition(":")
            if token.kind == "iri":
                yield _resolved(base, iri)
            elif token.kind == "name" and f"{prefix}:" in prefixes:
                yield prefixes[f"{prefix}:"] + local
        before = [before[1], token.text if token.kind == "name" else word]


def _resolved(base: str, iri: str) -> str:
    if not base or _SCHEME.match(iri):
        return iri
    try:
        return urljoin(base, iri)
    except ValueError:
        return iri


def check(iri: str, here: Serving) -> None:
    """Refuse a dataset that names a file."""
    if iri.lower().startswith("file:") and iri not in here.snapshot.manifest.graphs:
        raise QueryRefused(f"<{iri[:_SHOWN]}> is no graph of the data, and no file is ever read")


def advise(iri: str, here: Serving) -> str:
    """Say of a graph that the data do not have it; empty for one that they have."""
    if ":" not in iri or iri in here.snapshot.manifest.graphs:
        return ""
    return f"<{iri[:_SHOWN]}> is no graph of the data, so it is empty; nothing is fetched"


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= _LAST_CHARACTER else found[0]
