"""Text from outside in, checked terms out: the parameters of saved queries and their types."""

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import pyoxigraph as ox

from hostagegraph.vocabulary import XSD, Iris

Term = ox.NamedNode | ox.Literal

_TERM = re.compile(r"hg:([A-Za-z][A-Za-z0-9]*)")
_DATA = re.compile(r"(?:id/)?([a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)")
_HTTP = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


# Types: a text and the base in, a term out


def _iri(text: str, base: str) -> Term:
    if _CONTROL.search(text):
        raise ValueError("a control character is not allowed")
    if term := _TERM.fullmatch(text):
        return ox.NamedNode(Iris(base).term(term[1]))
    if data := _DATA.fullmatch(text):
        return ox.NamedNode(f"{base}id/{data[1]}")
    if not _HTTP.match(text):
        raise ValueError(
            f"{shown(text)} is no IRI to ask for; give http://… or https://…, "
            "a path of the data such as agent/example-gazette, or a term such as hg:Claim"
        )
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        raise ValueError(f"{shown(text)} is no IRI: {error}") from error


def _string(text: str, _base: str) -> Term:
    if _CONTROL_IN_TEXT.search(text):
        raise ValueError("a control character is not allowed")
    return ox.Literal(text)


def _lang_string(text: str, base: str) -> Term:
    words, at, language = text.rpartition("@")
    if not at or not _LANGUAGE.fullmatch(language):
        raise ValueError(f"{shown(text)} needs a language tag at its end, such as peace@en")
    _string(words, base)
    try:
        return ox.Literal(words, language=language)
    except ValueError as error:
        raise ValueError(f"{shown(language)} is no language tag: {error}") from error


@dataclass(frozen=True, slots=True)
class _Form:
    """How the values of a datatype are written; `check` raises ValueError for what is none."""

    pattern: str
    example: str
    check: Callable[[str], object] = str


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"

# Only forms that the engine writes back as they were given.
_FORMS: Final[Mapping[str, _Form]] = {
    "boolean": _Form("true|false", "true"),
    "date": _Form(_DAY, "2024-02-06", datetime.date.fromisoformat),
    "dateTime": _Form(_DAY + _TIME, "2024-02-06T12:00:00", datetime.datetime.fromisoformat),
    "decimal": _Form(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?", "12.5"),
    "gYear": _Form("[0-9]{4}", "2024"),
    "gYearMonth": _Form("[0-9]{4}-(?:0[1-9]|1[0-2])", "2024-02"),
    "integer": _Form("-?(?:0|[1-9][0-9]{0,17})", "12"),
}


def _typed(datatype: str, text: str, _base: str) -> Term:
    form = _FORMS[datatype]
    try:
        if not re.fullmatch(form.pattern, text, re.ASCII):
            raise ValueError
        form.check(text)
    except ValueError:
        raise ValueError(
            f"{shown(text)} is no xsd:{datatype}; give one such as {form.example}"
        ) from None
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


TYPES: Final[Mapping[str, Callable[[str, str], Term]]] = {
    "iri": _iri,
    "string": _string,
    "xsd:string": _string,
    "langString": _lang_string,
    **{f"xsd:{datatype}": partial(_typed, datatype) for datatype in _FORMS},
}


# Parameters: the values given in, the terms of a `VALUES` line out


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value, or several, that a saved query asks for.

    `enum` maps each allowed value to its label; `values` maps an allowed value to the terms it
    stands for, where these differ from the value itself. `line` is the line of its `VALUES`.
    """

    name: str
    type: str
    label: str
    description: str = ""
    default: tuple[str, ...] = ()
    required: bool = True
    multiple: bool = False
    enum: Mapping[str, str] = field(default_factory=dict)
    enum_query: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pattern: str = ""
    example: tuple[str, ...] = ()
    line: int = 0

    @property
    def droppable(self) -> bool:
        """Tell whether the query also runs without any value."""
        return not self.required and not self.default

    def fill(self, line: str, given: Sequence[str], base: str) -> str | None:
        """Write the values given into the `VALUES` line; None where the line is to be dropped.

        Raises ValueError that says all that is wrong.
        """
        terms = self.terms(given, base)
        if not terms:
            return None
        indent = line[: len(line) - len(line.lstrip())]
        return f"{indent}VALUES ?{self.name} {{ {' '.join(map(str, terms))} }}"

    def terms(self, given: Sequence[str], base: str) -> tuple[Term, ...]:
        """Check the values given and turn them into terms; none for an absent optional value.

        An empty text counts as absent, as a form sends it, unless any text is allowed.
        Raises ValueError that says all that is wrong.
        """
        texts = [given] if isinstance(given, str) else list(given)
        if self.enum or self.type not in {"string", "xsd:string"}:
            texts = [text for text in texts if text]
        texts = texts or list(self.default)
        if not texts and self.required:
            raise ValueError("missing; a value is needed")
        if len(texts) > 1 and not self.multiple:
            raise ValueError(f"{len(texts)} values given; it takes one")
        return _collected(partial(self._checked, base=base), texts)

    def _checked(self, text: str, base: str) -> tuple[Term, ...]:
        """Check one value; it may stand for several terms."""
        make = TYPES[self.type]
        if text in self.values:
            return tuple(make(each, base) for each in self.values[text])
        if self.enum:
            return (self._listed(text, base),)
        term = make(text, base)
        if self.pattern and not re.fullmatch(self.pattern, term.value):
            raise ValueError(f"{shown(text)} does not fit the pattern {self.pattern}")
        return (term,)

    def _listed(self, text: str, base: str) -> Term:
        """Find a value in the enum, where an IRI may also be written out."""
        make = TYPES[self.type]
        if text in self.enum:
            return make(text, base)
        if self.type == "iri" and _HTTP.match(text):
            term = make(text, base)
            if term in {make(each, base) for each in self.enum if each not in self.values}:
                return term
        choice = ", ".join(self.enum)
        raise ValueError(f"{shown(text)} is not one of {choice}{meant(text, self.enum)}")


def _collected(check: Callable[[str], tuple[Term, ...]], texts: Iterable[str]) -> tuple[Term, ...]:
    """Check every text, and give the terms once each."""
    terms: dict[Term, None] = {}
    wrong = []
    for text in texts:
        try:
            terms.update(dict.fromkeys(check(text)))
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise ValueError("; ".join(wrong))
    return tuple(terms)


# The way back, and words about what was given


def short(term: object, base: str) -> str:
    """Write a term as tests do: IRIs without the base, literals by their text, unbound as nothing.

    >>> base = "https://example.org/"
    >>> short(ox.NamedNode("https://example.org/id/agent/example-gazette"), base)
    'agent/example-gazette'
    >>> short(ox.NamedNode("https://example.org/ns#denies"), base)
    'hg:denies'
    >>> short(ox.Literal("1900-02-06"), base), short(None, base)
    ('1900-02-06', '')
    """
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    if not isinstance(term, ox.NamedNode):
        return str(term)
    for prefix, shorter in ((f"{base}id/", ""), (f"{base}ns#", "hg:"), (base, "")):
        if term.value.startswith(prefix):
            return shorter + term.value.removeprefix(prefix)
    return str(term)


def plain(term: object, base: str) -> str:
    """Write a term as a parameter takes it: short, IRIs without their brackets, with language.

    >>> plain(ox.NamedNode("https://example.org/"), "https://example.org/kg/")
    'https://example.org/'
    """
    if isinstance(term, ox.Literal) and term.language:
        return f"{term.value}@{term.language}"
    found = short(term, base)
    return found.strip("<>") if isinstance(term, ox.NamedNode) else found


def shown(text: str) -> str:
    """Quote a value from outside, without what it may do to a line, and not at length.

    >>> print(shown("one" + chr(27) + "two"))
    "one·two"
    """
    plain = "".join(each if each.isprintable() else "·" for each in text)
    return f'"{plain[:60]}…"' if len(plain) > 60 else f'"{plain}"'  # noqa: PLR2004 - a line's worth


def meant(text: str, known: Iterable[str]) -> str:
    """Suggest the nearest of the known names, or nothing.

    >>> meant("sorce", ["source", "since"])
    ' (did you mean source?)'
    """
    close = difflib.get_close_matches(text, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""
