"""Mandates in, a ledger out: each reported change, and what was certain or possible on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import ceil
from typing import Final

from fastapi import APIRouter, Request, Response

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import Day, one_year
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.accounts.things import Thing, things
from hostagegraph.service.asking import Row, ask
from hostagegraph.service.drawing.scale import Scale, outline
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.answered import rows_of
from hostagegraph.service.questions.works import works
from hostagegraph.service.serving import reading

router = APIRouter()

WIDTH: Final = 250
_NARROWEST: Final = 10  # a range of days: a smaller one would look like a dot
_EDGE: Final = 42  # nearer to an end of the line than this, a day is named inwards
_ROOM: Final = 0.115  # part of the line that the name of a month has to stand on
_ACTS: Final = "SELECT ?act WHERE { ?act skos:inScheme hg:ActTypeScheme } ORDER BY ?act"
_STATES: Final = """SELECT ?state ?mandate ?claim WHERE {
  ?state a hg:MandateState ; hg:ofMandate ?mandate . ?claim hg:content ?state
} ORDER BY ?state ?claim"""
_DONE: Final = frozenset({"completed", ""})


@dataclass(frozen=True, slots=True)
class Extent:
    """What a mandate is said to permit and to forbid, and the acts of which nothing is said."""

    permits: Sequence[Name]
    forbids: Sequence[Name]
    unsaid: Sequence[Name]


@dataclass(frozen=True, slots=True)
class Change:
    """One reported change of a mandate; `after` is None where no state is said to follow.

    A state that no change is said to lead to stands as a row of its own: `described`, with its
    issuers as actors.
    """

    event: Thing
    mandate: Name
    claim: Told
    actors: Sequence[Name]
    result: Name | None
    after: Extent | None
    described: bool = False

    @property
    def recipients(self) -> Sequence[Name]:
        """Those to whom the mandate is said to go."""
        return self.event.named("recipient", "holder")

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

    def shows(self, day: date) -> bool:
        """Tell whether a day lies on the line."""
        return self.scale.first <= day <= self.scale.last

    def x(self, day: date) -> float:
        """Find the place of a day, at the edge where it lies outside."""
        return min(max(self.scale.x(day), 0.0), float(WIDTH))

    def anchor(self, day: date) -> str:
        """Say which part of the day's name stands over its place, so that it keeps to the line."""
        x = self.x(day)
        return "start" if x < _EDGE else "end" if x > WIDTH - _EDGE else "middle"

    def drawn(self, day: Day) -> Drawn | None:
        """Place a day; None where none is known."""
        if day.shape == "none":
            return None
        low, high, at = self.scale.ends(day)
        if day.shape == "within" and high - low < _NARROWEST:
            low, high = at - _NARROWEST / 2, at + _NARROWEST / 2
        return Drawn(day.shape, max(low, 0.0), high, at, outline(day.shape, max(low, 0.0), high))


@reading(router, "/mandates", ("text/html",), summary="Show what changed in mandates")
async def mandates(request: Request) -> Response:
    """Show each change, and with `as_of` what was certain and possible on that day."""
    reported = await _changes(request)
    changes = [*reported, *await _described(request, reported)]
    asked = request.query_params.get("as_of", "")
    chosen, wrong = _chosen(asked, reported)
    days = _days(changes)
    issued = await _issued(request, changes)
    line = None
    if days:
        last = max([*days, *issued, *([chosen] if chosen and not asked else [])])
        first = min(days).replace(day=1)
        room = ceil((last - first).days * _ROOM)
        end = max(last + timedelta(days=1 + room // 8), last.replace(day=1) + timedelta(days=room))
        line = Line(Scale(first, end, 0, WIDTH, 60))
    ordered = sorted(changes, key=lambda change: change.mandate.iri)
    response = await layout.page(
        request,
        "mandates.html",
        islands=("src/ledger.ts",),
        ledgers=[
            (mandate, sorted(group, key=_place))
            for mandate, group in groupby(ordered, key=lambda change: change.mandate)
        ],
        states=await _states(request, chosen) if chosen else (),
        reported=[change for change in reported if chosen and change.on(chosen)],
        chosen=chosen,
        asked=asked,
        wrong=wrong,
        line=line,
        width=WIDTH,
        year=one_year(change.event.day for change in changes),
    )
    if wrong:
        response.status_code = 422
    return response


def _place(change: Change) -> tuple[tuple[date, date], bool, str]:
    """Order by day; on one day what is reported for it comes before what it is the last day of."""
    day = change.event.day
    return day.order, day.shape == "by", change.claim.iri


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


async def _described(request: Request, changes: Sequence[Change]) -> list[Change]:
    """Read the states to which no change is said to lead."""
    led_to = {change.result.iri for change in changes if change.result}
    rows = [row for row in await ask(request, _STATES) if row["state"] not in led_to]
    claims = await told(request, [row["claim"] for row in rows])
    found = await things(request, [row["state"] for row in rows])
    known = await names(request, [row["mandate"] for row in rows])
    acts = await _acts(request)
    return [
        Change(
            state,
            known[row["mandate"]],
            claims[row["claim"]],
            state.named("issuer"),
            None,
            _extent(state, acts),
            described=True,
        )
        for row in rows
        if row["claim"] in claims and (state := found.get(row["state"]))
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
