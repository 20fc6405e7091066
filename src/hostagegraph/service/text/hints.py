"""A query that failed in, advice out: undeclared prefixes, unknown terms of the ontology."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hostagegraph.ceilings import Token, tokens
from hostagegraph.errors import QuerySyntaxError
from hostagegraph.service.text.diagnosis import LONGEST, diagnose, mistake, retell
from hostagegraph.vocabulary import CLASSES, PROPERTIES, SCHEMES, XSD

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
_CASTS: Final = tuple(
    f"{XSD}{name}"
    for name in ("boolean", "date", "dateTime", "decimal", "double", "duration", "float", "integer")
) + tuple(f"{XSD}{name}" for name in ("string", "time", "dayTimeDuration", "yearMonthDuration"))
_PREFIX_BEFORE = re.compile(r"[^\W\d_][\w.\-]*\Z")
_DECLARES = re.compile(r"\bPREFIX\s+\Z", re.IGNORECASE)
_LONGEST_NAME = 64


def prefixes(base: str) -> dict[str, str]:
    """Name the prefixes that answers use and that queries are advised to declare."""
    return {"hg": f"{base}ns#", **WELL_KNOWN}


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A name that the ontology does not have, and the nearest that it has, if any is near."""

    name: str
    nearest: str

    @property
    def advice(self) -> str:
        """Say so in a sentence."""
        also = f"; did you mean {self.nearest}?" if self.nearest else ""
        return f"{self.name} is no term of the ontology{also}"


@dataclass(frozen=True, slots=True)
class _Name:
    prefix: str
    local: str
    start: int
    declares: str | None


def explain(error: QuerySyntaxError, text: str, base: str) -> QuerySyntaxError:
    """Say more clearly why a query does not parse, where that can be told."""
    if len(text) > LONGEST:
        return retell(error, text)
    found = undeclared(text, base) or diagnose(text)
    if found is not None:
        return found
    told = retell(error, text)
    return QuerySyntaxError(str(told), told.line, told.column, told.hint or advise(text, base))


def undeclared(text: str, base: str) -> QuerySyntaxError | None:
    """Name the first prefix that a query uses and does not declare."""
    names = list(_names(text))
    declared = {name.prefix for name in names if name.declares is not None}
    for name in names:
        if name.prefix in declared or name.prefix.rpartition("-")[2] in declared:
            continue
        known = prefixes(base).get(name.prefix, "…")
        hint = f"add PREFIX {name.prefix}: <{known}>"
        return mistake(text, name.start, f"prefix `{name.prefix}:` is not declared", hint)
    return None


def advise(text: str, base: str, read: Iterable[Token] | None = None) -> str:
    """Name the first term that the ontology does not have, and the one that was probably meant.

    The tokens of the text may be at hand already.
    """
    return next((term.advice for term in unknown_terms(text, base, read)), "")


def unknown_terms(
    text: str, base: str, read: Iterable[Token] | None = None
) -> Iterator[UnknownTerm]:
    """Find the names of the ontology's namespace that the ontology does not have."""
    if "ns#>" not in text:  # no prefix is bound to it
        return
    own = {"ns#", f"{base}ns#"}
    names = list(_names(text, read))
    bound = {name.prefix for name in names if name.declares in own}
    for name in names:
        if name.prefix not in bound or name.declares is not None or not name.local:
            continue
        if name.local not in TERMS and len(name.local) <= _LONGEST_NAME:
            meant = difflib.get_close_matches(name.local, TERMS, 1, 0.7)
            nearest = f"{name.prefix}:{meant[0]}" if meant else ""
            yield UnknownTerm(f"{name.prefix}:{name.local}", nearest)


def unknown_function(iri: str) -> str:
    """Say what became of the calls of a function that nobody knows."""
    meant = difflib.get_close_matches(iri, _CASTS, 1, 0.9)
    also = f"; did you mean <{meant[0]}>?" if meant else ""
    return f"function <{iri}> is not known; its calls are errors{also}"


def _names(text: str, read: Iterable[Token] | None = None) -> Iterator[_Name]:
    """Find prefixed names, and the IRI where one is declared; long texts are not worth the time."""
    if len(text) > LONGEST:
        return
    waiting: _Name | None = None
    for token in tokens(text) if read is None else read:
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
