"""Claims in, who says them out: each chain of voices link by link, with passages and replies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from hostagegraph.service.accounts.days import BOUNDS, DAY, Day, day_of
from hostagegraph.service.accounts.iris import address
from hostagegraph.service.accounts.names import Name, names, terms
from hostagegraph.service.asking import Row, ask, local
from hostagegraph.service.serving import serving

_CLAIMS: Final = """SELECT ?claim ?gist ?language ?content ?source ?polarity ?kind ?status WHERE {
  VALUES ?claim { $THINGS }
  ?claim hg:gist ?gist ; hg:content ?content ; hg:inSource ?source .
  BIND (LANG(?gist) AS ?language)
  OPTIONAL { ?claim hg:polarity ?polarity }
  OPTIONAL { ?claim hg:claimKind ?kind }
  OPTIONAL { ?claim hg:reviewStatus ?status }
} ORDER BY ?claim ?language"""
_LINKS: Final = f"""SELECT ?claim ?on ?next ?who ?stance ?form ?certainty ?madeIn {BOUNDS} WHERE {{
  VALUES ?claim {{ $THINGS }}
  ?on hg:ofClaim ?claim ; hg:assertor ?who .
  OPTIONAL {{ ?on hg:stance ?stance }} OPTIONAL {{ ?on hg:form ?form }}
  OPTIONAL {{ ?on hg:certainty ?certainty }} OPTIONAL {{ ?on hg:relays ?next }}
  OPTIONAL {{ ?on hg:madeIn ?madeIn }}
  {DAY}
}} ORDER BY ?claim ?on"""
_PASSAGES: Final = """SELECT ?link ?passage ?locator ?start ?end ?digest WHERE {
  VALUES ?claim { $THINGS }
  ?link hg:ofClaim ?claim ; hg:reportedIn ?passage .
  OPTIONAL { ?passage hg:locator ?locator }
  OPTIONAL { ?passage oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
  OPTIONAL { ?passage oa:hasSelector ?content . ?content hg:digest ?digest }
} ORDER BY ?link ?start ?passage"""
_ALLEGATIONS: Final = """SELECT ?claim ?allegation ?against ?reply WHERE {
  VALUES ?claim { $THINGS }
  ?claim hg:allegation ?allegation . ?allegation hg:against ?against ; hg:replyStatus ?reply .
} ORDER BY ?allegation"""
_IMPERSONAL: Final = "impersonal"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a source says something: offsets in its text, or a locator, and a digest."""

    href: str
    text: str
    digest: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One voice that takes a stance; `stance` is the term, `word` what it is called."""

    iri: str
    who: Name
    stance: str
    word: str
    form: str
    how: str
    certainty: str
    day: Day
    made_in: Name | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The voices through which a claim reached print, outermost first."""

    links: tuple[Link, ...]
    passages: tuple[Passage, ...]

    @property
    def origin(self) -> Link:
        """The innermost voice."""
        return self.links[-1]

    @property
    def denies(self) -> bool:
        """Tell whether the first voice speaks against the claim."""
        return self.origin.stance == "denies"


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with all that has to stand beside it."""

    iri: str
    number: str
    href: str
    gist: str
    language: str
    content: Name
    source: Name
    negated: bool
    kind: str
    status: str
    chains: tuple[Chain, ...]
    accused: tuple[tuple[Name, str], ...]

    @property
    def forward(self) -> tuple[Chain, ...]:
        """The chains that put the claim forward."""
        return tuple(chain for chain in self.chains if not chain.denies)

    @property
    def denials(self) -> tuple[Chain, ...]:
        """The chains that deny it."""
        return tuple(chain for chain in self.chains if chain.denies)

    @property
    def denied_in(self) -> tuple[Name, ...]:
        """The statements in which it was denied."""
        return tuple(chain.origin.made_in for chain in self.denials if chain.origin.made_in)

    @property
    def anchors(self) -> tuple[Passage, ...]:
        """The passages of all chains that can be found in a text, each once."""
        every = (passage for chain in self.chains for passage in chain.passages)
        found = (each for each in every if each.digest and each.start is not None)
        return tuple(dict.fromkeys(found))

    @property
    def day(self) -> Day:
        """When the first voice spoke."""
        return next((chain.origin.day for chain in self.forward), Day())


async def told(request: Request, claims: Iterable[str]) -> Mapping[str, Told]:
    """Read claims with their chains, in the order given; what is no claim is left out."""
    wanted = list(dict.fromkeys(claims))
    if not wanted:
        return {}
    about = {}
    for row in await ask(request, _CLAIMS, wanted):
        if row["claim"] not in about or row["language"] == "en":
            about[row["claim"]] = row
    links = await ask(request, _LINKS, wanted)
    passages = await ask(request, _PASSAGES, wanted)
    allegations = await ask(request, _ALLEGATIONS, wanted)
    mentioned = {row[key] for row in links for key in ("who", "madeIn")}
    mentioned |= {row["against"] for row in allegations}
    mentioned |= {row[key] for row in about.values() for key in ("content", "source")}
    reader = _Reader(await names(request, mentioned), await terms(request), serving(request).base)
    chains = reader.chains(links, passages)
    accused = reader.accused(allegations)
    return {
        claim: reader.told(about[claim], chains.get(claim, ()), accused.get(claim, ()))
        for claim in wanted
        if claim in about
    }


class _Reader:
    """Rows in, values out, with the names and the words that they need."""

    def __init__(self, known: Mapping[str, Name], words: Mapping[str, str], base: str) -> None:
        self._known, self._words, self._base = known, words, base

    def told(self, row: Row, chains: Sequence[Chain], accused: Sequence[tuple[Name, str]]) -> Told:
        number = local(row["claim"]).removeprefix("c")
        return Told(
            row["claim"],
            number,
            address(row["claim"], self._base),
            row["gist"],
            row["language"],
            self._known[row["content"]],
            self._known[row["source"]],
            local(row["polarity"]) == "negated",
            self._word(row["kind"]),
            self._word(row["status"]),
            tuple(chains),
            tuple(accused),
        )

    def chains(self, links: Sequence[Row], passages: Sequence[Row]) -> Mapping[str, list[Chain]]:
        anchored: dict[str, list[Passage]] = defaultdict(list)
        for row in passages:
            anchored[row["link"]].append(self._passage(row))
        by_iri = {row["on"]: row for row in links}
        relayed = {row["next"] for row in links}
        found: dict[str, list[Chain]] = defaultdict(list)
        for first, row in by_iri.items():
            if first not in relayed:
                steps = tuple(self._link(step) for step in _steps(by_iri, first))
                found[row["claim"]].append(Chain(steps, tuple(anchored[first])))
        return found

    def accused(self, rows: Sequence[Row]) -> Mapping[str, list[tuple[Name, str]]]:
        found: dict[str, list[tuple[Name, str]]] = defaultdict(list)
        for row in rows:
            found[row["claim"]].append((self._known[row["against"]], self._word(row["reply"])))
        return found

    def _link(self, row: Row) -> Link:
        form = local(row["form"])
        return Link(
            row["on"],
            self._known[row["who"]],
            local(row["stance"]),
            self._word(row["stance"]) or "says",
            form,
            self._form(form),
            self._word(row["certainty"]),
            day_of(row),
            self._known.get(row["madeIn"]),
        )

    def _form(self, form: str) -> str:
        said = {"ownVoice": "in its own voice", _IMPERSONAL: "impersonal, no voice given"}
        return said.get(form) or self._words.get(form, "")

    def _passage(self, row: Row) -> Passage:
        start, end = row["start"], row["end"]
        text = f"{start} to {end}" if start else row["locator"] or local(row["passage"])
        href = address(row["passage"], self._base)
        offsets = (int(start), int(end)) if start else (None, None)
        return Passage(href, text, row["digest"], *offsets)

    def _word(self, iri: str) -> str:
        name = local(iri)
        return self._words.get(name, name)


def _steps(links: Mapping[str, Row], first: str) -> Iterator[Row]:
    """Follow a chain inwards; one that bites its tail ends there."""
    seen: set[str] = set()
    following = first
    while following in links and following not in seen:
        seen.add(following)
        yield links[following]
        following = links[following]["next"]
