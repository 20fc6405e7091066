"""Reported dealings in, a network out: who met, told, instructed, leaked to whom, on whose word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import Day
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.accounts.things import Thing, things
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.answered import rows_of
from hostagegraph.service.serving import reading

router = APIRouter()

KINDS: Final = ("met", "told", "did not tell", "instructed", "leaked to")
_DONE: Final = frozenset({"completed", ""})


@dataclass(frozen=True, slots=True)
class Edge:
    """One dealing as one claim has it; `undone` is an outcome other than done, in words."""

    kind: str
    source: Name
    target: Name
    event: Name
    day: Day
    claim: Told
    undone: str


@reading(router, "/network", ("text/html",), summary="Show who dealt with whom, as reported")
async def network(request: Request) -> Response:
    """Show each dealing as an edge that leads to its claim."""
    edges = await _edges(request)
    return await layout.page(
        request,
        "network.html",
        islands=("src/network.ts",),
        edges=edges,
        kinds=[(kind, group) for kind in KINDS if (group := [e for e in edges if e.kind == kind])],
        people=len({name.iri for edge in edges for name in (edge.source, edge.target)}),
    )


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
            _undone(claims[row["claim"]], events[row["event"]]),
        )
        for row in rows.values()
        if row["claim"] in claims
    ]
    return sorted(found, key=lambda edge: (edge.day.order, edge.claim.iri, edge.target.iri))


def _undone(claim: Told, event: Thing) -> str:
    if claim.negated:
        return "said not to have happened"
    return "" if event.term("completion") in _DONE else event.text("completion")
