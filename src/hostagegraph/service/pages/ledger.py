"""Mandates in, a ledger out: each reported change, and what was certain or possible on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from fastapi import APIRouter, Request, Response

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import Day
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.accounts.things import Thing, things
from hostagegraph.service.asking import Row, ask
from hostagegraph.service.drawing.scale import Scale, outline
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.answered import rows_of
from hostagegraph.service.questions.works import works
from hostagegraph.service.serving import reading

router = APIRouter()

WIDTH: Final = 260
_ACTS: Final = "SELECT ?act WHERE { ?act skos:inScheme hg:ActTypeScheme } ORDER BY ?act"
_DONE: Final = frozenset({"completed", ""})


@dataclass(frozen=True, slots=True)
class Extent:
    """What a mandate is said to permit and to forbid, and the acts of which nothing is said."""

    permits: Sequence[Name]
    forbids: Sequence[Name]
    unsaid: Sequence[Name]


@dataclass(frozen=True, slots=True)
class Change:
    """One reported change of a mandate; `after` is None where no state is said to follow."""

    event: Thing
    mandate: Name
    claim: Told
    actors: Sequence[Name]
    result: Name | None
    after: Extent | None

    @property
    def act(self) -> str:
        """The term for the kind of change."""
        return self.event.term("changeType")

    @property
    def undone(self) -> str:
        """An outcome other than done, in words."""
        if self.claim.negated:
            return "said not to have happened"
        done = self.event.term("completion") in _DONE
        return "" if done else self.event.text("completion")

    def on(self, day: date) -> bool:
        """Tell whether the change is reported for that day, by a closed range of days."""
        low, high = self.event.day.start_min, self.event.day.end_max
        return bool(low and high and low <= day <= high)


@dataclass(frozen=True, slots=True)
class State:
    """A mandate as it is said to have been; `certain` on the day that was asked for."""

    thing: Thing
    certain: bool
    claims: Sequence[Told]
    extent: Extent


@dataclass(frozen=True, slots=True)
class Drawn:
    """The days of one row on the line of time."""

    shape: str
    low: float
    high: float
    at: float
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """The line of time that all rows share."""

    scale: Scale

    @property
    def months(self) -> Iterator[tuple[float, str]]:
        """Where each month begins, and its short name."""
        for x, day, by_year in self.scale.months():
            yield x, str(day.year) if by_year else f"{day:%b}"

    def x(self, day: date) -> float:
        """Find the place of a day, at the edge where it lies outside."""
        return min(max(self.scale.x(day), 0.0), float(WIDTH))

    def drawn(self, day: Day) -> Drawn | None:
        """Place a day; None where none is known."""
        if day.shape == "none":
            return None
        low, high, at = self.scale.ends(day)
        return Drawn(day.shape, max(low, 0.0), high, at, outline(day.shape, max(low, 0.0), high))


@reading(router, "/mandates", ("text/html",), summary="Show what changed in mandates")
async def mandates(request: Request) -> Response:
    """Show each change, and with `as_of` what was certain and possible on that day."""
    changes = await _changes(request)
    asked = request.query_params.get("as_of", "")
    chosen, wrong = _chosen(asked, changes)
    days = _days(changes)
    issued = await _issued(request, changes)
    line = None
    if days:
        last = max([*days, *issued, *([chosen] if chosen and not asked else [])])
        line = Line(Scale(min(days).replace(day=1), last + timedelta(days=3), 0, WIDTH, 60))
    ordered = sorted(changes, key=lambda change: change.mandate.iri)
    response = await layout.page(
        request,
        "mandates.html",
        islands=("src/ledger.ts",),
        ledgers=[
            (mandate, sorted(group, key=lambda change: (change.event.day.order, change.claim.iri)))
            for mandate, group in groupby(ordered, key=lambda change: change.mandate)
        ],
        states=await _states(request, chosen) if chosen else (),
        reported=[change for change in changes if chosen and change.on(chosen)],
        chosen=chosen,
        asked=asked,
        wrong=wrong,
        line=line,
        width=WIDTH,
    )
    if wrong:
        response.status_code = 422
    return response


def _chosen(asked: str, changes: Sequence[Change]) -> tuple[date | None, str]:
    """Read the day that is asked for, by default that of the last change; and what is wrong."""
    if not asked:
        return max(_days(changes), default=None), ""
    try:
        return date.fromisoformat(asked), ""
    except ValueError:
        return None, f"“{asked[:40]}” is no day; write it as 2024-02-15"


def _days(changes: Sequence[Change]) -> list[date]:
    bounds = (
        day for change in changes for day in (change.event.day.start_min, change.event.day.end_max)
    )
    return [day for day in bounds if day]


async def _issued(request: Request, changes: Sequence[Change]) -> list[date]:
    """Find the days on which the sources appeared: nothing is reported for a later one."""
    found = await works(request, {change.claim.source.iri for change in changes})
    days = []
    for work in found.values():
        try:
            days.append(date.fromisoformat(work.issued))
        except ValueError:  # not said, or not to the day
            continue
    return days


async def _changes(request: Request) -> list[Change]:
    """Read the changes: one for each event and claim, however many acted."""
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in await rows_of(request, "mandate-changes"):
        rows.setdefault((row["event"], row["claim"]), []).append(row)
    every = [row for group in rows.values() for row in group]
    claims = await told(request, [row["claim"] for row in every])
    mentioned = (row[key] for row in every for key in ("event", "result"))
    found = await things(request, filter(None, mentioned))
    known = await names(request, [row[key] for row in every for key in ("actor", "mandate")])
    acts = await _acts(request)
    return [
        Change(
            found[event],
            known[group[0]["mandate"]],
            claims[claim],
            [known[iri] for iri in dict.fromkeys(row["actor"] for row in group) if iri],
            found[group[0]["result"]].name if group[0]["result"] in found else None,
            _extent(found[group[0]["result"]], acts) if group[0]["result"] in found else None,
        )
        for (event, claim), group in rows.items()
        if claim in claims
    ]


async def _states(request: Request, day: date) -> list[State]:
    rows = await rows_of(request, "mandate-on-a-day", day=day.isoformat())
    claims = await told(request, [row["claim"] for row in rows])
    found = await things(request, [row["state"] for row in rows])
    acts = await _acts(request)
    by_state: dict[str, list[Row]] = {}
    for row in rows:
        by_state.setdefault(row["state"], []).append(row)
    return [
        State(
            found[iri],
            own[0]["certainty"] == "certain",
            [claims[claim] for claim in dict.fromkeys(row["claim"] for row in own)],
            _extent(found[iri], acts),
        )
        for iri, own in by_state.items()
    ]


async def _acts(request: Request) -> Mapping[str, Name]:
    """Name all acts that a mandate can permit or forbid."""
    return await names(request, [row["act"] for row in await ask(request, _ACTS)])


def _extent(state: Thing, acts: Mapping[str, Name]) -> Extent:
    permits, forbids = state.named("permits"), state.named("forbids")
    said = {name.iri for name in (*permits, *forbids)}
    return Extent(permits, forbids, [name for iri, name in acts.items() if iri not in said])
