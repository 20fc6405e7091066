"""A reported disclosure in, the legs of its path out: from holder to recipient, each on a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import Day
from hostagegraph.service.accounts.names import Name
from hostagegraph.service.accounts.things import Thing, things
from hostagegraph.service.asking import ask

_LEGS: Final = """SELECT DISTINCT ?leak ?claim WHERE {
  VALUES ?one { $THINGS }
  ?one hg:information ?item . ?leak hg:information ?item ; a hg:Leak . ?claim hg:content ?leak .
} ORDER BY ?leak ?claim"""


@dataclass(frozen=True, slots=True)
class Leg:
    """One disclosure: from whom to whom, how accurately, on whose word."""

    thing: Thing
    holders: Sequence[Name]
    recipients: Sequence[Name]
    accuracy: str
    word: str
    day: Day
    onward: str
    claims: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Path:
    """What is said to have been passed on, and the legs of its way."""

    items: Sequence[tuple[Name, str]]
    legs: Sequence[Leg]


async def path_of(request: Request, leak: str) -> Path:
    """Follow an item of information through the disclosures that one source tells of it."""
    rows = await ask(request, _LEGS, [leak])
    legs = await things(request, [row["leak"] for row in rows] or [leak])
    claims = await told(request, [row["claim"] for row in rows])
    found = [
        _leg(leg, [claims[row["claim"]] for row in rows if row["leak"] == iri])
        for iri, leg in legs.items()
    ]
    kept = {item.iri: item for leg in legs.values() for item in leg.named("information")}
    items = await things(request, kept)
    return Path(
        [(name, _word(items[iri], "classification")) for iri, name in kept.items()],
        _ordered(found),
    )


def _leg(leg: Thing, claims: Sequence[Told]) -> Leg:
    return Leg(
        leg,
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
    return "not stated" if thing.term(name) in {"", f"{name}Unstated"} else thing.text(name)


def _ordered(legs: Sequence[Leg]) -> list[Leg]:
    """Put each leg behind the one that it goes on from."""
    known = {leg.thing.name.iri for leg in legs}
    done: list[Leg] = [leg for leg in legs if leg.onward not in known]
    for leg in done:
        done += [each for each in legs if each.onward == leg.thing.name.iri and each not in done]
    return done + [leg for leg in legs if leg not in done]
