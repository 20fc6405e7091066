"""A reported disclosure in, the legs of its path out: from holder to recipient, each on a word."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import Day
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.accounts.things import Thing, things
from hostagegraph.service.asking import Row, ask

_LEGS: Final = """SELECT DISTINCT ?leak ?claim WHERE {
  VALUES ?one { $THINGS }
  ?one hg:information ?item . ?leak hg:information ?item ; a hg:Leak . ?claim hg:content ?leak .
} ORDER BY ?leak ?claim"""
_OTHERS: Final = """SELECT DISTINCT ?leak ?claim WHERE {
  VALUES ?one { $THINGS }
  ?mine hg:content ?one ; hg:inSource ?source .
  ?claim hg:inSource ?source ; hg:content ?leak . ?leak a hg:Leak .
} ORDER BY ?claim ?leak LIMIT 100"""
_POSTS: Final = """SELECT DISTINCT ?who ?post ?claim WHERE {
  VALUES ?who { $THINGS }
  ?tenure hg:person ?who ; hg:office|hg:memberOf ?post . ?claim hg:content ?tenure .
} ORDER BY ?who ?claim ?post"""
_BODIES: Final = """SELECT DISTINCT ?who ?claim WHERE {
  VALUES ?one { $THINGS }
  ?one hg:information ?item . ?act hg:concerns ?item ; hg:actor ?who . ?claim hg:content ?act .
  FILTER EXISTS { ?who a ?body . VALUES ?body { hg:Institution hg:Group } }
} ORDER BY ?claim ?who"""


@dataclass(frozen=True, slots=True)
class Post:
    """An office or a membership of an agent, or a body that acted on an item: what a claim says."""

    name: Name
    claim: Told


@dataclass(frozen=True, slots=True)
class Leg:
    """One disclosure: what went from whom to whom, how accurately, on whose word.

    `items` are named with the classification that is ascribed to them.
    """

    thing: Thing
    items: Sequence[tuple[Name, str]]
    holders: Sequence[Name]
    recipients: Sequence[Name]
    accuracy: str
    word: str
    day: Day
    onward: str
    claims: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Path:
    """The legs of a way, with what the source tells of those who stand on it.

    `bodies` acted on what was passed on; `posts` are held, by agent; `others` went other ways.
    """

    legs: Sequence[Leg]
    bodies: Sequence[Post]
    posts: Mapping[str, Sequence[Post]]
    others: Sequence[Leg]

    @property
    def items(self) -> Sequence[tuple[Name, str]]:
        """What is said to have been passed on, each thing once."""
        return list(dict.fromkeys(item for leg in self.legs for item in leg.items))

    @property
    def denied(self) -> Sequence[Post]:
        """The posts of which a claim says that they were not held."""
        return [each for found in self.posts.values() for each in found if each.claim.negated]


async def path_of(request: Request, leak: str) -> Path:
    """Follow an item of information through the disclosures that a source tells of it."""
    rows = await ask(request, _LEGS, [leak])
    own = {row["leak"] for row in rows} or {leak}
    others = [row for row in await ask(request, _OTHERS, [leak]) if row["leak"] not in own]
    legs = await _legs(request, [*rows, *others], leak)
    way = _ordered([leg for leg in legs if leg.thing.name.iri in own])
    people = {each.iri for leg in way for each in (*leg.holders, *leg.recipients)}
    posts = await _posts(request, _POSTS, sorted(people), "post")
    bodies = await _posts(request, _BODIES, [leak], "who")
    rest = [leg for leg in legs if leg.thing.name.iri not in own]
    return Path(
        way,
        [each for found in bodies.values() for each in found],
        posts,
        sorted(rest, key=lambda leg: leg.day.order),
    )


async def _legs(request: Request, rows: Sequence[Row], leak: str) -> list[Leg]:
    known = await things(request, [row["leak"] for row in rows] or [leak])
    claims = await told(request, [row["claim"] for row in rows])
    kept = {item.iri for leg in known.values() for item in leg.named("information")}
    items = await things(request, sorted(kept))
    return [
        _leg(leg, items, [claims[row["claim"]] for row in rows if row["leak"] == iri])
        for iri, leg in known.items()
    ]


async def _posts(
    request: Request, query: str, about: Iterable[str], end: str
) -> Mapping[str, list[Post]]:
    """Read what claims say of agents, by agent."""
    rows = await ask(request, query, about)
    claims = await told(request, [row["claim"] for row in rows])
    known = await names(request, [row[end] for row in rows])
    found: dict[str, list[Post]] = defaultdict(list)
    for row in rows:
        if row["claim"] in claims:
            found[row["who"]].append(Post(known[row[end]], claims[row["claim"]]))
    return found


def _leg(leg: Thing, items: Mapping[str, Thing], claims: Sequence[Told]) -> Leg:
    return Leg(
        leg,
        [(name, _word(items[name.iri], "classification")) for name in leg.named("information")],
        leg.named("discloser"),
        leg.named("recipient"),
        leg.term("accuracy"),
        _word(leg, "accuracy"),
        leg.day,
        next((earlier.iri for earlier in leg.named("onwardOf")), ""),
        claims,
    )


def _word(thing: Thing, name: str) -> str:
    """Give a coded value in words; what a source leaves open is not said."""
    return "not said" if thing.term(name) in {"", f"{name}Unstated"} else thing.text(name)


def _ordered(legs: Sequence[Leg]) -> list[Leg]:
    """Put each leg behind the one that it goes on from."""
    known = {leg.thing.name.iri for leg in legs}
    done: list[Leg] = [leg for leg in legs if leg.onward not in known]
    for leg in done:
        done += [each for each in legs if each.onward == leg.thing.name.iri and each not in done]
    return done + [leg for leg in legs if leg not in done]
