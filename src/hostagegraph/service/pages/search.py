"""Words in, what carries them in its label, descriptor or gist out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from hostagegraph.queries import SavedQuery
from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import BOUNDS, DAY, Day, day_of
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.accounts.neighbours import Entry
from hostagegraph.service.accounts.sections import sections_of
from hostagegraph.service.asking import Row, ask, local
from hostagegraph.service.pages import layout
from hostagegraph.service.serving import reading, serving

router = APIRouter()

_LONGEST: Final = 200
_MOST_WORDS: Final = 8
_EACH: Final = 40  # hits shown of each kind
_FOUND: Final = 400
_DAYS: Final = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%d.%m.%Y")
_KINDS: Final = (
    ("who", "People, bodies and unnamed sources"),
    ("what", "Events and states, as reported"),
    ("hub", "Proposals, mandates, places and sources"),
)
_HITS: Final = """SELECT DISTINCT ?thing ?kind ?claim WHERE {
  ?thing rdfs:label|hg:descriptor|hg:gist|skos:altLabel|hg:pseudonym ?text .
  FILTER ($WORDS)
  FILTER (STRSTARTS(STR(?thing), STR(<id/>)) && !STRSTARTS(STR(?thing), STR(<id/query/>)))
  BIND (IF(EXISTS { ?thing a hg:Claim }, "claim", IF(EXISTS { ?thing a hg:Agent }, "who",
        IF(EXISTS { ?thing a hg:ReportedSituation }, "what", "hub"))) AS ?kind)
  OPTIONAL { ?claim hg:content ?thing }
} ORDER BY ?thing ?claim LIMIT $MOST"""
_FIRST: Final = """SELECT ?thing (MIN(STR(?claim)) AS ?first) WHERE {
  VALUES ?thing { $THINGS }
  ?thing a hg:UnnamedSource .
  { ?link hg:assertor ?thing ; hg:ofClaim ?claim } UNION { ?claim hg:content ?on . ?on ?as ?thing }
} GROUP BY ?thing ORDER BY ?thing"""
_DATED: Final = f"""SELECT ?on {BOUNDS} WHERE {{
  VALUES ?on {{ $THINGS }} {DAY}
}} ORDER BY ?on"""
# Pages set curly ones, most records have straight ones.
_APOSTROPHE: Final = str.maketrans("’", "'")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; a situation with its day and a claim that tells of it.

    Of an unnamed source, `first` is the number of a claim in which it stands, `section` the day of
    the section of that claim.
    """

    name: Name
    claim: Told | None
    day: Day
    first: str
    section: Day


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind."""

    title: str
    found: Sequence[Hit]
    count: int


@reading(router, "/search", summary="Search labels, descriptors and gists")
async def search(request: Request) -> Response:
    """Show what carries all words of `q`."""
    asked = request.query_params.get("q", "")[:_LONGEST].strip()
    words = re.findall(r"[^\s\"“”]+", asked.lower().translate(_APOSTROPHE))[:_MOST_WORDS]
    rows = await ask(request, _query(words)) if words else []
    things = {row["thing"]: row for row in reversed(rows)}
    claims = [iri for iri, row in things.items() if row["kind"] == "claim"]
    entries, count = await _entries(request, claims[:_EACH]), len(claims)
    groups = [
        await _hits(request, title, [row for row in things.values() if row["kind"] == kind])
        for kind, title in _KINDS
    ]
    return await layout.page(
        request,
        "search.html",
        asked=asked,
        groups=[group for group in groups if group.count],
        claims=entries,
        claim_count=count,
        questions=_questions(serving(request).catalogue.queries, words),
        day=_day(asked),
        more=len(rows) == _FOUND,
    )


async def _hits(request: Request, title: str, rows: Sequence[Row]) -> Hits:
    known = await names(request, [row["thing"] for row in rows])
    ordered = sorted(rows, key=lambda row: (known[row["thing"]].text.lower(), row["thing"]))
    shown = ordered[:_EACH]
    accounts = await told(request, [row["claim"] for row in shown if row["claim"]])
    days = await _dated(request, [row["thing"] for row in shown if row["claim"]])
    unnamed = [row["thing"] for row in shown if row["kind"] == "who"]
    where = await ask(request, _FIRST, unnamed) if unnamed else []
    first = {row["thing"]: row["first"] for row in where}
    sections = await sections_of(request, first.values())
    found = [
        Hit(
            known[row["thing"]],
            accounts.get(row["claim"]),
            days.get(row["thing"], Day()),
            local(first.get(row["thing"], "")).removeprefix("c"),
            sections.get(first.get(row["thing"], ""), Day()),
        )
        for row in shown
    ]
    return Hits(title, found, len(rows))


async def _entries(request: Request, claims: Sequence[str]) -> list[Entry]:
    """Give claims with the days of what they tell."""
    found = (await told(request, claims)).values()
    days = await _dated(request, [claim.content.iri for claim in found])
    return [Entry(claim, days.get(claim.content.iri, Day()), "") for claim in found]


async def _dated(request: Request, things: Sequence[str]) -> Mapping[str, Day]:
    if not things:
        return {}
    return {row["on"]: day_of(row) for row in await ask(request, _DATED, things)}


def _query(words: Sequence[str]) -> str:
    tests = (f"CONTAINS({_text(word)}, {ox.Literal(word)})" for word in words)
    return _HITS.replace("$WORDS", " && ".join(tests)).replace("$MOST", str(_FOUND))


def _text(word: str) -> str:
    """Say what is looked through; apostrophes are made one only for words that have any."""
    text = "LCASE(STR(?text))"
    return f"REPLACE({text}, '’', \"'\")" if "'" in word else text


def _questions(queries: Sequence[SavedQuery], words: Sequence[str]) -> list[SavedQuery]:
    def carries(query: SavedQuery) -> bool:
        text = f"{query.title} {query.summary} {query.name}".lower()
        return all(word in text for word in words)

    return [query for query in queries if carries(query)] if words else []


def _day(asked: str) -> date | None:
    """Read a day, however it is written."""
    for form in _DAYS:
        try:
            return datetime.strptime(asked.replace(",", ""), form).date()
        except ValueError:
            continue
    return None
