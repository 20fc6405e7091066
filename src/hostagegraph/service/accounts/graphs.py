"""A graph in, what it says out: each thing with its values under their names, and its claims."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from fastapi import Request

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import Day, day_of
from hostagegraph.service.accounts.iris import compact
from hostagegraph.service.accounts.names import Name, names, terms
from hostagegraph.service.accounts.readable import is_digest
from hostagegraph.service.asking import local
from hostagegraph.service.serving import serving
from hostagegraph.vocabulary import RDF_TYPE

_DATE: Final = ("when", "dateBasis", "startMin", "startMax", "endMin", "endMax")
# What the ontology does not name itself.
_WORDS: Final = {
    "rdf:type": "kind",
    "rdfs:label": "name",
    "oa:start": "first character",
    "oa:end": "behind the last character",
    "oa:hasSelector": "found by",
    "oa:TextPositionSelector": "place in a text",
    "oa:hasSource": "taken from",
    "dcterms:conformsTo": "conforms to",
    "dcterms:issued": "issued",
    "dcterms:publisher": "publisher",
    "dcterms:title": "title",
    "dcterms:creator": "author",
    "dcterms:language": "language",
}
# Things that only tie others together: a drawing goes through them.
_JOINTS: Final = frozenset(
    {"Attribution", "OriginAttribution", "Allegation", "ClaimRelation"}
    | {"TextPositionSelector", "DigestSelector"}
)
# What tells of the record, its texts and its readers: no part of what it ties together.
_BEHIND: Final = frozenset(
    {"reviewedBy", "judgedBy", "reportedIn", "passageOf", "inSource", "allegationAgainst"}
    | {"hasSource", "hasSelector", "publisher", "creator"}
)
_JUDGED: Final = "toClaim"
_OWNERS: Final = ("ofClaim", "fromClaim")  # from a joint to the thing that it belongs to
_REMARKS: Final = ("stance", "relationType", "replyStatus")  # of a joint, said on its line


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a named thing, or a text in its language; `title` is what it is in RDF."""

    name: Name | None
    text: str
    title: str
    language: str = ""

    @property
    def digest(self) -> bool:
        """Tell whether it is a SHA-256."""
        return is_digest(self.text)


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing: its name, the words for its classes, its values by property, and its day."""

    name: Name
    kinds: Sequence[str]
    lines: Sequence[tuple[Value, Sequence[Value]]]
    day: Day


@dataclass(frozen=True, slots=True)
class Bond:
    """One line from a thing to another: the words on it, and whether it is a denial."""

    source: Name
    target: Name
    words: str
    denial: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """What a page shows of a graph: `count` is the number of all its triples.

    `claims` are those that it describes, with all that has to stand beside them.
    """

    triples: Sequence[tuple[Value, Value, Value]]
    count: int
    subjects: Sequence[Subject]
    claims: Sequence[Told]
    bonds: Sequence[Bond]


Triples = Sequence[ox.Triple]


async def graph(request: Request, body: bytes, most: int) -> Graph:
    """Read a graph in N-Triples: at most so many triples of it are shown."""
    every = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
    shown = every[:most]
    base = serving(request).base
    ends = {term.value for triple in shown for term in triple if isinstance(term, ox.NamedNode)}
    things = {iri for iri in ends if iri.startswith(f"{base}id/")}
    kinds = _kinds(shown)
    claims = await told(request, sorted(iri for iri in things if local(iri).startswith("c")))
    reader = _Reader(await names(request, things), await terms(request), claims, base)
    described = [iri for iri in claims if iri in kinds]
    triples = [(reader.value(t.subject), reader.property(t), reader.value(t.object)) for t in shown]
    return Graph(
        triples,
        len(every),
        reader.subjects(shown, described),
        [claims[iri] for iri in described],
        reader.bonds(shown, kinds),
    )


def _kinds(triples: Triples) -> Mapping[str, frozenset[str]]:
    """Find the classes of each thing that the graph describes."""
    found: dict[str, set[str]] = {}
    for triple in triples:
        own = found.setdefault(_key(triple.subject), set())
        if triple.predicate.value == RDF_TYPE:
            own.add(_key(triple.object))
    return {iri: frozenset(own) for iri, own in found.items()}


def _key(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


class _Reader:
    """Terms in, what readers see out, with the names and the words that they need."""

    def __init__(
        self,
        known: Mapping[str, Name],
        words: Mapping[str, str],
        claims: Mapping[str, Told],
        base: str,
    ) -> None:
        self._known, self._words, self._claims, self._base = known, words, claims, base

    def value(self, term: object) -> Value:
        """Name a thing, a claim by its number; word a term; show a text as it is."""
        if isinstance(term, ox.Literal):
            datatype = compact(term.datatype.value, self._base)
            return Value(None, term.value, datatype, term.language or "")
        if not isinstance(term, ox.NamedNode):
            return Value(None, str(term), "")
        short = compact(term.value, self._base)
        if (claim := self._claims.get(term.value)) is not None:
            return Value(Name(claim.iri, f"Claim {claim.number}", claim.href), "", claim.gist)
        if term.value in self._known:
            return Value(self._known[term.value], "", short)
        return Value(None, self._word(term.value), short)

    def property(self, triple: ox.Triple) -> Value:
        """Word a property."""
        iri = triple.predicate.value
        return Value(None, self._word(iri), compact(iri, self._base))

    def _word(self, iri: str) -> str:
        short = compact(iri, self._base)
        if iri.startswith(f"{self._base}ns/"):
            return f"ontology {local(iri)}"
        own = iri.startswith(f"{self._base}ns#")
        return (self._words.get(local(iri), short) if own else _WORDS.get(short, "")) or short

    def subjects(self, triples: Triples, first: Sequence[str]) -> Sequence[Subject]:
        """Group triples by subject: claims first, then what they lead to, step by step."""
        grouped: dict[str, list[ox.Triple]] = {}
        for triple in triples:
            grouped.setdefault(_key(triple.subject), []).append(triple)
        order = list(dict.fromkeys([*first, *sorted(grouped)]))
        seen: dict[str, None] = {}
        for start in order:
            _walk(start, grouped, seen)
        return [self._subject(grouped[iri]) for iri in seen if iri in grouped]

    def _subject(self, triples: Triples) -> Subject:
        lines: dict[str, tuple[Value, list[Value]]] = {}
        dated = dict.fromkeys(("when", "basis", *_DATE[2:]), "")
        kinds = []
        for triple in sorted(triples, key=lambda t: (t.predicate.value, str(t.object))):
            prop = local(triple.predicate.value)
            if triple.predicate.value == RDF_TYPE:
                kinds.append(self.value(triple.object).text)
            elif prop in _DATE:
                dated["basis" if prop == "dateBasis" else prop] = _text(triple.object)
            else:
                line = lines.setdefault(prop, (self.property(triple), []))
                line[1].append(self.value(triple.object))
        iri = _key(triples[0].subject)
        name = self._known.get(iri) or Name("", self.value(triples[0].subject).text)
        told = [line for line in lines.values() if [each.text for each in line[1]] != [name.text]]
        return Subject(name, sorted(kinds), told, day_of(dated))

    def bonds(self, triples: Triples, kinds: Mapping[str, frozenset[str]]) -> Sequence[Bond]:
        """Tie things to things; what only ties others together becomes the words of a line."""
        joints = {iri for iri, own in kinds.items() if _JOINTS & {local(kind) for kind in own}}
        owners = self._owners(triples, joints)
        found: dict[tuple[str, str, bool], list[str]] = {}
        for triple in triples:
            one, other = _key(triple.subject), _key(triple.object)
            behind = local(triple.predicate.value) in _BEHIND
            if other not in self._known or other in joints or behind:
                continue
            ends: Sequence[str] = [one] if one in self._known else []
            remarks: tuple[str, ...] = ()
            if one in joints:
                inwards = local(triple.predicate.value) in _OWNERS
                ends, remarks = [] if inwards else owners[one], self._remarks(triples, one)
            judged = remarks and local(triple.predicate.value) == _JUDGED  # its remark says it all
            part = () if judged else (self._word(triple.predicate.value),)
            words = ", ".join([*part, *remarks])
            denial = self._words.get("denies", "denies") in remarks
            for own in ends:
                found.setdefault((own, other, denial), []).append(words)
        return [
            Bond(self._known[one], self._known[other], "; ".join(dict.fromkeys(words)), denial)
            for (one, other, denial), words in sorted(
                found.items(), key=lambda bond: bond[0][0] not in self._claims
            )
            if one != other
        ]

    def _owners(self, triples: Triples, joints: Set[str]) -> Mapping[str, Sequence[str]]:
        """Find the things to which each joint belongs, whichever of the two says so."""
        found: dict[str, dict[str, None]] = {joint: {} for joint in joints}
        for triple in triples:
            one, other = _key(triple.subject), _key(triple.object)
            if one in joints and local(triple.predicate.value) in _OWNERS and other in self._known:
                found[one][other] = None
            elif other in joints and one not in joints and one in self._known:
                found[other][one] = None
        return {joint: list(own) for joint, own in found.items()}

    def _remarks(self, triples: Triples, joint: str) -> tuple[str, ...]:
        """Give the words that a joint adds to its line."""
        return tuple(
            self.value(triple.object).text
            for triple in triples
            if _key(triple.subject) == joint and local(triple.predicate.value) in _REMARKS
        )


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _walk(start: str, grouped: Mapping[str, Triples], seen: dict[str, None]) -> None:
    """Visit a thing and what it leads to, the nearest first."""
    waiting = [start]
    while waiting:
        iri = waiting.pop(0)
        if iri in seen or iri not in grouped:
            continue
        seen[iri] = None
        waiting += [_key(triple.object) for triple in sorted(grouped[iri], key=_voices_first)]


def _voices_first(triple: ox.Triple) -> tuple[bool, str, str]:
    prop = local(triple.predicate.value)
    return prop not in ("attribution", "relays"), prop, str(triple.object)
