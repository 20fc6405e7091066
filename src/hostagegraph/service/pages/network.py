"""Reported dealings in, a network out: who met, told, instructed whom, and on whose word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fastapi import APIRouter, Request, Response

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import Day, one_year
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.accounts.things import Thing, things
from hostagegraph.service.drawing import ways
from hostagegraph.service.drawing.ways import Dealing
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.answered import rows_of
from hostagegraph.service.problems import BadRequest
from hostagegraph.service.serving import reading

router = APIRouter()

# Each kind in words: done, left undone, and where the claim is that it was not so.
KINDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "met": ("met", "to meet", "said not to have met"),
    "told": ("told", "to tell", "said not to have told"),
    "did not tell": ("did not tell", "not to tell", "said to have told"),
    "instructed": ("instructed", "to instruct", "said not to have instructed"),
    "disclosed to": ("disclosed to", "to disclose to", "said not to have disclosed to"),
}
_MUTUAL: Final = "met"
_DONE: Final = frozenset({"completed", ""})
_MONTHS: Final = 18  # more months than this are not offered
_DRAWN: Final = 240  # more dealings than this are listed and not drawn


@dataclass(frozen=True, slots=True)
class Edge:
    """One dealing as one claim has it; `outcome` is one other than done, in words."""

    kind: str
    source: Name
    target: Name
    event: Name
    day: Day
    claim: Told
    outcome: str

    @property
    def undone(self) -> bool:
        """Tell whether the claim is of something that did not come about."""
        return bool(self.outcome) or self.claim.negated

    @property
    def verb(self) -> str:
        """Say what the one is said to have done with the other, an outcome first."""
        done, undone, negated = KINDS[self.kind]
        if self.claim.negated:
            return negated
        return f"{self.outcome}: {undone}" if self.outcome else done

    def words(self, year: str) -> str:
        """Say what stands on its line: the dealing, the day, a denial."""
        denied = "denied" if self.claim.denials else ""
        return " · ".join(filter(None, (self.verb, self.day.within(year), denied)))


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which dealings may fall."""

    first: date

    @property
    def slug(self) -> str:
        """How an address names it."""
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    def holds(self, edge: Edge) -> bool:
        """Tell whether a dealing may fall in it."""
        return edge.day.may_fall(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its word, its address, how many dealings it leaves, whether it is on."""

    text: str
    href: str
    count: int
    current: bool


@reading(router, "/network", ("text/html",), summary="Show who dealt with whom, as reported")
async def network(request: Request) -> Response:
    """Show each dealing as an edge that leads to its claim; `kind` and `month` choose."""
    edges = await _edges(request)
    months = _months(edges)
    kind = _asked(request, "kind", list(KINDS))
    slug = _asked(request, "month", [month.slug for month in months])
    month = next((each for each in months if each.slug == slug), None)
    of_kind = [edge for edge in edges if kind in ("", edge.kind)]
    in_month = [edge for edge in edges if month is None or month.holds(edge)]
    shown = [edge for edge in of_kind if edge in in_month]
    year = one_year(edge.day for edge in edges)
    return await layout.page(
        request,
        "network.html",
        islands=("src/network.ts",),
        edges=shown,
        year=year,
        choices=[("Kind", list(_kinds(in_month, kind, slug)))]
        + ([("Day in", list(_days(of_kind, months, kind, slug, year)))] if months else []),
        claims=len({edge.claim.iri for edge in shown}),
        kinds=[
            (words[0], group)
            for each, words in KINDS.items()
            if (group := [edge for edge in shown if edge.kind == each])
        ],
        people=len({name.iri for edge in shown for name in (edge.source, edge.target)}),
        drawing=None
        if len(shown) > _DRAWN
        else ways.draw(
            [
                Dealing(edge.source, edge.target, edge.words(year), edge.kind == _MUTUAL)
                for edge in shown
            ]
        ),
    )


def _asked(request: Request, name: str, known: Sequence[str]) -> str:
    found = request.query_params.get(name, "")
    if found and found not in known:
        raise BadRequest(f"{name}: “{found[:40]}” is not one of {', '.join(known)}")
    return found


def _address(kind: str, month: str) -> str:
    asked = "&".join(
        f"{k}={v.replace(' ', '+')}" for k, v in (("kind", kind), ("month", month)) if v
    )
    return f"/network?{asked}" if asked else "/network"


def _kinds(edges: Sequence[Edge], kind: str, month: str) -> Iterator[Choice]:
    yield Choice("All", _address("", month), len(edges), not kind)
    for each, words in KINDS.items():
        count = sum(edge.kind == each for edge in edges)
        if count or each == kind:
            yield Choice(words[0], _address(each, month), count, each == kind)


def _days(
    edges: Sequence[Edge], months: Sequence[Month], kind: str, chosen: str, year: str
) -> Iterator[Choice]:
    yield Choice("All", _address(kind, ""), len(edges), not chosen)
    for month in months:
        text = f"{month.first:%b}" if year else f"{month.first:%b %Y}"
        count = sum(map(month.holds, edges))
        yield Choice(text, _address(kind, month.slug), count, month.slug == chosen)


def _months(edges: Sequence[Edge]) -> Sequence[Month]:
    """List the months from the first day to the last; none where they are too many to choose."""
    days = [day for edge in edges for day in (edge.day.start_min, edge.day.end_max) if day]
    found: list[Month] = []
    while days and len(found) <= _MONTHS:
        month = Month(found[-1].last + timedelta(days=1) if found else min(days).replace(day=1))
        if month.first > max(days):
            return found
        found.append(month)
    return ()


async def _edges(request: Request) -> Sequence[Edge]:
    rows = {
        (row["kind"], row["from"], row["to"], row["claim"]): row
        for row in await rows_of(request, "network")
    }
    claims = await told(request, [row["claim"] for row in rows.values()])
    events = await things(request, [row["event"] for row in rows.values()])
    ends = await names(request, [row[key] for row in rows.values() for key in ("from", "to")])
    found = [
        Edge(
            row["kind"],
            ends[row["from"]],
            ends[row["to"]],
            events[row["event"]].name,
            events[row["event"]].day,
            claims[row["claim"]],
            _outcome(events[row["event"]]),
        )
        for row in rows.values()
        if row["claim"] in claims
    ]
    return sorted(found, key=lambda edge: (edge.day.order, edge.claim.iri, edge.target.iri))


def _outcome(event: Thing) -> str:
    return "" if event.term("completion") in _DONE else event.text("completion")
