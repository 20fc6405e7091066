"""Claims in, pairs out: what was said against what, and who spoke first as far as days tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fastapi import APIRouter, Request, Response

from hostagegraph.service.accounts.chains import Chain, Told, told
from hostagegraph.service.accounts.days import Day
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.asking import Row
from hostagegraph.service.drawing.scale import Scale, outline
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.answered import rows_of
from hostagegraph.service.problems import BadRequest
from hostagegraph.service.serving import reading

router = APIRouter()

WIDTH: Final = 150
_MARGIN: Final = 30
_ORDERS: Final[Mapping[str, int]] = {"1 first": 1, "2 first": 2}


@dataclass(frozen=True, slots=True)
class Side:
    """One claim with one of its chains."""

    claim: Told
    chain: Chain

    @property
    def day(self) -> Day:
        """When its first voice spoke."""
        return self.chain.origin.day


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides; where the days settle it, the earlier one is the left.

    `judge` is who says that they contradict each other; a denial needs none. `others` are offered
    as explanations.
    """

    relation: str
    subject: Name
    left: Side
    right: Side
    earlier: Side | None
    reason: str
    judge: Name | None = None
    others: Sequence[Told] = ()

    @property
    def settled(self) -> bool:
        """Tell whether it is known who spoke first."""
        return self.earlier is not None

    @property
    def unnamed(self) -> bool:
        """Tell whether a voice on either side has no name."""
        links = (*self.left.chain.links, *self.right.chain.links)
        return any(link.who.sign in {"one", "several", "pseudonym"} for link in links)

    @property
    def drawing(self) -> "Drawing | None":
        """Draw the two days, one above the other; None where neither is known."""
        return _draw(self.left.day, self.right.day)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The days of both sides on one line, the upper that of the left side."""

    marks: Sequence[tuple[str, float, float, float, str]]
    first: str
    last: str


_SHOWN: Final[Mapping[str, str]] = {
    "": "All",
    "settled": "Order settled",
    "open": "Order not settled",
    "unnamed": "With an unnamed voice",
}


@reading(router, "/disputes", ("text/html",), summary="Show what was said against what")
async def disputes(request: Request) -> Response:
    """Show contradictions and denials side by side; `show` chooses among them."""
    show = request.query_params.get("show", "")
    if show not in _SHOWN:
        choice = ", ".join(filter(None, _SHOWN))
        raise BadRequest(f"show: “{show[:40]}” is not one of {choice}")
    found = [*await _contradictions(request), *await _denials(request)]
    found.sort(key=lambda pair: (pair.left.day.order, pair.left.claim.iri, pair.right.claim.iri))
    chosen = {
        "": found,
        "settled": [pair for pair in found if pair.settled],
        "open": [pair for pair in found if not pair.settled],
        "unnamed": [pair for pair in found if pair.unnamed],
    }
    return await layout.page(
        request,
        "disputes.html",
        pairs=chosen[show],
        show=show,
        choices=[(slug, _SHOWN[slug], len(pairs)) for slug, pairs in chosen.items()],
        width=WIDTH,
    )


async def _contradictions(request: Request) -> list[Pair]:
    rows: dict[str, Row] = {}
    for row in await rows_of(request, "contradictions"):
        rows.setdefault(row["relation"], row)
    ends = [row[key] for row in rows.values() for key in ("claim1", "claim2")]
    claims = await told(request, ends)
    known = await names(request, [row["judge"] for row in rows.values()])
    return [
        _contradiction(row, claims, known[row["judge"]])
        for row in rows.values()
        if row["claim1"] in claims and row["claim2"] in claims
    ]


def _contradiction(row: Row, claims: Mapping[str, Told], judge: Name) -> Pair:
    one, two = claims[row["claim1"]], claims[row["claim2"]]
    first = _ORDERS.get(row["order"], 0)
    swapped = first == 2 or (not first and two.iri < one.iri)  # noqa: PLR2004 - the second of two
    left, right = (_forward(two), _forward(one)) if swapped else (_forward(one), _forward(two))
    reason = _by_days(left.day, right.day) if first else _why_open(left.day, right.day)
    relation = "is contradicted by" if swapped else "contradicts"
    return Pair(relation, two.content, left, right, left if first else None, reason, judge)


def _forward(claim: Told) -> Side:
    return Side(claim, (claim.forward or claim.chains)[0])


async def _denials(request: Request) -> list[Pair]:
    rows = await rows_of(request, "denied-claims")
    claims = await told(
        request, [row[key] for row in rows for key in ("claim", "explanation") if row[key]]
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        if row["claim"] in claims:
            found.setdefault(row["claim"], []).append(row["explanation"])
    return [
        pair
        for iri, others in found.items()
        for pair in _denied(claims[iri], [claims[o] for o in dict.fromkeys(others) if o in claims])
    ]


def _denied(claim: Told, others: Sequence[Told]) -> Iterator[Pair]:
    """Put each voice for a claim beside each voice against it; the claim stands left."""
    for forward in claim.forward:
        for denial in claim.denials:
            left, right = Side(claim, forward), Side(claim, denial)
            earlier = _earlier(left, right)
            reason = "by their days" if earlier else _why_open(left.day, right.day)
            yield Pair("is denied", claim.content, left, right, earlier, reason, None, others)


def _earlier(left: Side, right: Side) -> Side | None:
    if _before(left.day, right.day):
        return left
    return right if _before(right.day, left.day) else None


def _before(one: Day, other: Day) -> bool:
    return bool(one.end_max and other.start_min and one.end_max < other.start_min)


def _by_days(left: Day, right: Day) -> str:
    return "by their days" if _before(left, right) else "in the order that the source gives"


def _why_open(left: Day, right: Day) -> str:
    if not left and not right:
        return "no days are given"
    if not left or not right:
        return "one day is not given"
    return "the days may overlap"


def _draw(left: Day, right: Day) -> Drawing | None:
    bounds = [
        bound
        for day in (left, right)
        for bound in (day.start_min, day.end_max)
        if bound and day.shape != "none"
    ]
    if not bounds:
        return None
    first, last = min(bounds), max(bounds)
    scale = Scale(first, max(last, first + timedelta(days=1)), _MARGIN, WIDTH - _MARGIN, 28)
    marks: list[tuple[str, float, float, float, str]] = []
    for day in (left, right):
        if day.shape != "none":
            low, high, at = scale.ends(day)
            marks.append((day.shape, low, high, at, outline(day.shape, low, high)))
        else:
            marks.append(("none", 0.0, 0.0, 0.0, ""))
    return Drawing(marks, _short(first), _short(last) if last != first else "")


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
