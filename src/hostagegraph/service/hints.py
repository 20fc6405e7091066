"""A query that failed in, advice out: undeclared prefixes, unknown terms of the ontology."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hostagegraph.ceilings import tokens
from hostagegraph.errors import QuerySyntaxError
from hostagegraph.vocabulary import CLASSES, PROPERTIES, SCHEMES

WELL_KNOWN: Final[Mapping[str, str]] = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TERMS: Final = frozenset(
    {*CLASSES, *PROPERTIES, *SCHEMES, *(value for values in SCHEMES.values() for value in values)}
)
_PREFIX_BEFORE = re.compile(r"[^\W\d_][\w.\-]*\Z")
_DECLARES = re.compile(r"\bPREFIX\s+\Z", re.IGNORECASE)
_LONGEST_NAME = 64
_LONGEST_TEXT = 20_000


def prefixes(base: str) -> dict[str, str]:
    """Name the prefixes that answers use and that queries are advised to declare."""
    return {"hg": f"{base}ns#", **WELL_KNOWN}


@dataclass(frozen=True, slots=True)
class _Name:
    prefix: str
    local: str
    start: int
    declares: str | None


def explain(error: QuerySyntaxError, text: str, base: str) -> QuerySyntaxError:
    """Say more clearly why a query does not parse, where that can be told."""
    declared = {name.prefix for name in _names(text) if name.declares is not None}
    for name in _names(text):
        if name.prefix in declared or name.prefix.rpartition("-")[2] in declared:
            continue
        line = text.count("\n", 0, name.start) + 1
        column = name.start - text.rfind("\n", 0, name.start)
        known = prefixes(base).get(name.prefix, "…")
        return QuerySyntaxError(
            f"prefix `{name.prefix}:` is not declared",
            line,
            column,
            f"add PREFIX {name.prefix}: <{known}>",
        )
    return QuerySyntaxError(str(error), error.line, error.column, error.hint or advise(text, base))


def advise(text: str, base: str) -> str:
    """Name the first term that the ontology does not have, and the one that was probably meant."""
    own = {"ns#", f"{base}ns#"}
    bound = {name.prefix for name in _names(text) if name.declares in own}
    for name in _names(text):
        if name.prefix not in bound or name.declares is not None or not name.local:
            continue
        if name.local not in TERMS and len(name.local) <= _LONGEST_NAME:
            meant = difflib.get_close_matches(name.local, TERMS, 1, 0.7)
            also = f"; did you mean {name.prefix}:{meant[0]}?" if meant else ""
            return f"{name.prefix}:{name.local} is no term of the ontology{also}"
    return ""


def _names(text: str) -> Iterator[_Name]:
    """Find prefixed names, and the IRI where one is declared; long texts are not worth the time."""
    if len(text) > _LONGEST_TEXT:
        return
    waiting: _Name | None = None
    for token in tokens(text):
        if waiting is not None:
            declares = token.text[1:-1] if token.kind == "iri" else None
            yield _Name(waiting.prefix, waiting.local, waiting.start, declares or "")
            waiting = None
        if token.kind == "local":
            start = max(0, token.start - _LONGEST_NAME)
            before = _PREFIX_BEFORE.search(text, start, token.start)
            prefix = before[0] if before else ""
            name = _Name(prefix, token.text[1:], token.start - len(prefix), None)
            if not name.local and _DECLARES.search(text[max(0, name.start - 20) : name.start]):
                waiting = name
            elif text[token.start - 1 : token.start] != "_":
                yield name
