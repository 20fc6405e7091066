"""Claims in, pairs out: what was said against what, and who spoke first as far as days tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from fastapi import APIRouter, Request, Response

from hostagegraph.service.accounts.chains import Chain, Told, told
from hostagegraph.service.accounts.days import Day
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.accounts.things import Thing, things
from hostagegraph.service.asking import Row
from hostagegraph.service.drawing.scale import Scale, outline
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.answered import rows_of
from hostagegraph.service.problems import BadRequest
from hostagegraph.service.serving import reading

router = APIRouter()

WIDTH: Final = 190
_MARGIN: Final = 44  # on either side of the scale: its days, and a lead from each voice
_APART: Final = 7  # two voices of one day of which one is said to be the first
# What a judgement is about: both sides speak of it, and neither has given it its name.
_ABOUT: Final = ("characterises",)
_ORDERS: Final[Mapping[str, int]] = {"1 first": 1, "2 first": 2}


@dataclass(frozen=True, slots=True)
class Side:
    """One claim with one of its chains, and what is claimed."""

    claim: Told
    chain: Chain
    content: Thing

    @property
    def day(self) -> Day:
        """When its first voice spoke."""
        return self.chain.origin.day


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides; where the days settle it, the earlier one is the left.

    `subject` is what both speak of. `judge` is who says that they contradict each other; a denial
    needs none. `others` are offered as explanations. `among` tells it from those of one heading.
    """

    relation: str
    subject: Thing
    left: Side
    right: Side
    earlier: Side | None
    reason: str
    judge: Name | None = None
    others: Sequence[Told] = ()
    among: str = ""

    @property
    def settled(self) -> bool:
        """Tell whether it is known who spoke first."""
        return self.earlier is not None

    @property
    def shared(self) -> bool:
        """Tell whether both sides speak of one claim."""
        return self.left.claim.iri == self.right.claim.iri

    @property
    def unnamed(self) -> bool:
        """Tell whether a voice on either side has no name."""
        links = (*self.left.chain.links, *self.right.chain.links)
        return any(link.who.sign in {"one", "several", "pseudonym"} for link in links)

    @property
    def drawing(self) -> "Drawing | None":
        """Draw the two days, one above the other; None where neither is known."""
        return _draw(self.left.day, self.right.day, ordered=self.settled)


@dataclass(frozen=True, slots=True)
class Mark:
    """The day of one side: its shape, its ends, where its sign stands and its outline.

    `lead` runs to it from the voice: from the left edge for the left side, else from the right.
    """

    shape: str
    low: float
    high: float
    at: float
    path: str
    lead: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The days of both sides on one scale, the upper that of the left side; None where not said."""

    marks: Sequence[Mark | None]
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
    found = _numbered(found)
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


def _numbered(pairs: Sequence[Pair]) -> list[Pair]:
    """Count those that would stand under one heading, such as "1 of 2"."""
    headings = [(pair.subject.name.text, pair.subject.day.text) for pair in pairs]
    found = []
    for place, (pair, heading) in enumerate(zip(pairs, headings, strict=True)):
        count = headings.count(heading)
        before = headings[:place].count(heading)
        found.append(replace(pair, among=f"{before + 1} of {count}") if count > 1 else pair)
    return found


async def _contradictions(request: Request) -> list[Pair]:
    rows: dict[str, Row] = {}
    for row in await rows_of(request, "contradictions"):
        rows.setdefault(row["relation"], row)
    ends = [row[key] for row in rows.values() for key in ("claim1", "claim2")]
    claims = await told(request, ends)
    known = await names(request, [row["judge"] for row in rows.values()])
    contents = await things(request, [claim.content.iri for claim in claims.values()])
    judged = [name.iri for content in contents.values() for name in content.named(*_ABOUT)]
    contents = {**contents, **await things(request, judged)}
    return [
        _contradiction(row, claims, contents, known[row["judge"]])
        for row in rows.values()
        if row["claim1"] in claims and row["claim2"] in claims
    ]


def _contradiction(
    row: Row, claims: Mapping[str, Told], contents: Mapping[str, Thing], judge: Name
) -> Pair:
    one, two = claims[row["claim1"]], claims[row["claim2"]]
    first = _ORDERS.get(row["order"], 0)
    swapped = first == 2 or (not first and two.iri < one.iri)  # noqa: PLR2004 - the second of two
    first_side, second_side = (_forward(claim, contents) for claim in (one, two))
    left, right = (second_side, first_side) if swapped else (first_side, second_side)
    reason = _by_days(left.day, right.day) if first else _why_open(left.day, right.day)
    relation = "is contradicted by" if swapped else "contradicts"
    subject = _subject(two, one, contents)
    return Pair(relation, subject, left, right, left if first else None, reason, judge)


def _subject(one: Told, other: Told, contents: Mapping[str, Thing]) -> Thing:
    """Find what both claims speak of: what one of them judges, else what the first one says."""
    for claim in (one, other):
        for name in contents[claim.content.iri].named(*_ABOUT):
            if name.iri in contents:
                return contents[name.iri]
    return contents[one.content.iri]


def _forward(claim: Told, contents: Mapping[str, Thing]) -> Side:
    return Side(claim, (claim.forward or claim.chains)[0], contents[claim.content.iri])


async def _denials(request: Request) -> list[Pair]:
    rows = await rows_of(request, "denied-claims")
    claims = await told(
        request, [row[key] for row in rows for key in ("claim", "explanation") if row[key]]
    )
    contents = await things(request, [claim.content.iri for claim in claims.values()])
    found: dict[str, list[str]] = {}
    for row in rows:
        if row["claim"] in claims:
            found.setdefault(row["claim"], []).append(row["explanation"])
    return [
        pair
        for iri, others in found.items()
        for pair in _denied(
            claims[iri],
            contents[claims[iri].content.iri],
            [claims[other] for other in dict.fromkeys(others) if other in claims],
        )
    ]


def _denied(claim: Told, content: Thing, others: Sequence[Told]) -> Iterator[Pair]:
    """Put each voice for a claim beside each voice against it; the claim stands left."""
    for forward in claim.forward:
        for denial in claim.denials:
            left, right = Side(claim, forward, content), Side(claim, denial, content)
            earlier = _earlier(left, right)
            reason = "by their days" if earlier else _why_open(left.day, right.day)
            yield Pair("is denied", content, left, right, earlier, reason, None, others)


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


def _draw(left: Day, right: Day, *, ordered: bool) -> Drawing | None:
    """Place both days; `ordered` tells that the left one is the earlier, even on one day."""
    bounds = [
        bound
        for day in (left, right)
        for bound in (day.start_min, day.end_max)
        if bound and day.shape != "none"
    ]
    if not bounds:
        return None
    first, last = min(bounds), max(bounds)
    apart = _APART if ordered and first == last else 0
    found = []
    for day, aside in ((left, -apart), (right, apart)):
        # One day takes the whole scale, and its middle is where it is drawn.
        scale = (
            Scale(first, last, _MARGIN, WIDTH - _MARGIN, _MARGIN - 10)
            if first < last
            else Scale(first, last, WIDTH / 2 + aside, WIDTH - _MARGIN, _MARGIN - 10)
        )
        found.append((day.shape, *scale.ends(day)) if day.shape != "none" else None)
    marks = [_marked(each, place == 1) for place, each in enumerate(found)]
    return Drawing(marks, _short(first), _short(last) if last != first else "")


def _marked(found: tuple[str, float, float, float] | None, right: bool) -> Mark | None:
    if found is None:
        return None
    shape, low, high, at = found
    lead = (max(high, at), float(WIDTH)) if right else (0.0, min(low, at))
    return Mark(shape, low, high, at, outline(shape, low, high), lead)


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
