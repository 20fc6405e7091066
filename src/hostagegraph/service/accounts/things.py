"""An IRI in, what is recorded of that one thing out: named values by property, and its date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from hostagegraph.service.accounts.days import Day, day_of
from hostagegraph.service.accounts.iris import compact
from hostagegraph.service.accounts.names import Name, names, terms
from hostagegraph.service.asking import Row, ask, local
from hostagegraph.service.serving import serving
from hostagegraph.vocabulary import RDF_TYPE

_DESCRIBE: Final = """SELECT ?thing ?p ?o ?iri ?language WHERE {
  VALUES ?thing { $THINGS }
  ?thing ?p ?o .
  BIND (isIRI(?o) AS ?iri) BIND (LANG(?o) AS ?language)
} ORDER BY ?thing ?p ?o"""
_DATE: Final = ("when", "basis", "startMin", "startMax", "endMin", "endMax")
_DATED: Final = {*_DATE, "dateBasis", "whenText"}
# Said elsewhere on a page: in its title, in its chains, or in its date.
_ELSEWHERE: Final = frozenset(
    {*_DATED, "type", "label", "gist", "descriptor", "pseudonym", "attribution", "allegation"}
    | {"allegationAgainst", "content", "inSource", "polarity", "claimKind", "reviewStatus"}
)
_FIRST: Final = (
    *("publishedSpeaker", "attributionMode", "discloser", "actor", "issuer", "holder"),
    *("participant", "recipient", "publishedVia", "ascribedTo", "person", "office", "memberOf"),
    *("information", "accuracy", "changeType", "permits", "forbids", "cause", "causalRole"),
)
# Labels of the ontology that read badly in front of a value.
_HEADINGS: Final[Mapping[str, str]] = {
    "attributionMode": "Attribution",
    "changeType": "Change",
    "characterises": "Describes",
    "forbids": "May not",
    "mandateStatus": "Status",
    "motiveFor": "Motive for",
    "ofMandate": "Mandate",
    "ofProposal": "Proposal",
    "onwardOf": "Passed on from",
    "originatedStatement": "Statement",
    "originationMode": "How",
    "permits": "May",
    "person": "Person",
    "place": "Place",
    "publishedSpeaker": "Published under",
    "relationType": "Relation",
    "subtype": "Kind",
    "valence": "Tone",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a named thing, or a text in its language."""

    name: Name | None
    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: its name, its classes, its values by the local name of the property, its date."""

    name: Name
    kinds: frozenset[str]
    values: Mapping[str, Sequence[Value]]
    labels: Mapping[str, str]
    day: Day

    @property
    def wording(self) -> Value | None:
        """The date as the source words it."""
        return next(iter(self.values.get("whenText", ())), None)

    def named(self, *properties: str) -> tuple[Name, ...]:
        """Give the things that stand under these properties."""
        found = (each.name for name in properties for each in self.values.get(name, ()))
        return tuple(name for name in found if name)

    def text(self, name: str) -> str:
        """Give one value as text; empty where there is none."""
        for each in self.values.get(name, ()):
            return each.name.text if each.name else each.text
        return ""

    def term(self, name: str) -> str:
        """Give the local name of a coded value."""
        return next((local(each.iri) for each in self.named(name)), "")

    def rows(self, *without: str) -> Iterator[tuple[str, Sequence[Value]]]:
        """Give the label of each property with its values, who acts first."""
        order = {name: place for place, name in enumerate(_FIRST)}
        known = sorted(self.values, key=lambda name: (order.get(name, len(order)), name))
        for name in known:
            if name not in _ELSEWHERE and name not in without:
                yield _HEADINGS.get(name) or self.labels.get(name, name), self.values[name]


async def things(request: Request, iris: Iterable[str]) -> Mapping[str, Thing]:
    """Read what is recorded of things; what the data do not know is left out."""
    wanted = list(dict.fromkeys(iris))
    if not wanted:
        return {}
    rows = await ask(request, _DESCRIBE, wanted)
    objects = {row["o"] for row in rows if row["iri"] == "true" and row["p"] != RDF_TYPE}
    known = await names(request, objects | set(wanted))
    labels = await terms(request)
    base = serving(request).base
    return {
        iri: _thing(known[iri], own, known, labels, base)
        for iri in wanted
        if (own := [row for row in rows if row["thing"] == iri])
    }


def _thing(
    name: Name, rows: Sequence[Row], known: Mapping[str, Name], labels: Mapping[str, str], base: str
) -> Thing:
    values: dict[str, list[Value]] = {}
    kinds = set()
    dated = dict.fromkeys(_DATE, "")
    for row in rows:
        prop = local(row["p"])
        if row["p"] == RDF_TYPE:
            if row["o"].startswith(f"{base}ns#"):
                kinds.add(local(row["o"]))
        elif row["iri"] == "true":
            values.setdefault(prop, []).append(Value(known[row["o"]]))
        else:
            values.setdefault(prop, []).append(Value(None, row["o"], row["language"]))
        dated["basis" if prop == "dateBasis" else prop] = row["o"]
    return Thing(name, frozenset(kinds), values, labels, day_of(dated))


def short(iri: str, request: Request) -> str:
    """Write an IRI as people do."""
    return compact(iri, serving(request).base)
