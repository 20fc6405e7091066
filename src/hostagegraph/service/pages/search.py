"""Words in, what carries them in its label, descriptor or gist out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from hostagegraph.queries import SavedQuery
from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.asking import ask
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


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind; a situation with a claim that tells of it."""

    title: str
    found: Sequence[tuple[Name, Told | None]]
    count: int


@reading(router, "/search", summary="Search labels, descriptors and gists")
async def search(request: Request) -> Response:
    """Show what carries all words of `q`."""
    asked = request.query_params.get("q", "")[:_LONGEST].strip()
    words = re.findall(r"[^\s\"“”]+", asked.lower())[:_MOST_WORDS]
    rows = await ask(request, _query(words)) if words else []
    things = {row["thing"]: row for row in reversed(rows)}
    claims = [iri for iri, row in things.items() if row["kind"] == "claim"]
    telling = [row["claim"] for row in things.values() if row["claim"]]
    accounts = await told(request, [*claims[:_EACH], *telling[: 2 * _EACH]])
    known = await names(request, things)
    groups = [
        _hits(
            title,
            [
                (known[iri], accounts.get(row["claim"]))
                for iri, row in things.items()
                if row["kind"] == kind
            ],
        )
        for kind, title in _KINDS
    ]
    return await layout.page(
        request,
        "search.html",
        asked=asked,
        groups=[group for group in groups if group.count],
        claims=[accounts[iri] for iri in claims[:_EACH] if iri in accounts],
        claim_count=len(claims),
        questions=_questions(serving(request).catalogue.queries, words),
        day=_day(asked),
        more=len(rows) == _FOUND,
    )


def _hits(title: str, found: Sequence[tuple[Name, Told | None]]) -> Hits:
    ordered = sorted(found, key=lambda hit: hit[0].text.lower())
    return Hits(title, ordered[:_EACH], len(found))


def _query(words: Sequence[str]) -> str:
    tests = (f"CONTAINS(LCASE(STR(?text)), {ox.Literal(word)})" for word in words)
    return _HITS.replace("$WORDS", " && ".join(tests)).replace("$MOST", str(_FOUND))


def _questions(queries: Sequence[SavedQuery], words: Sequence[str]) -> list[SavedQuery]:
    return [
        query
        for query in queries
        if words and all(word in f"{query.summary} {query.name}".lower() for word in words)
    ]


def _day(asked: str) -> date | None:
    """Read a day, however it is written."""
    for form in _DAYS:
        try:
            return datetime.strptime(asked.replace(",", ""), form).date()
        except ValueError:
            continue
    return None
