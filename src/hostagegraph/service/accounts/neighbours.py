"""A thing in, the claims in which it is named out: by its part in them, limited and paged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import BOUNDS, DAY, Day, day_of
from hostagegraph.service.accounts.names import terms
from hostagegraph.service.asking import Row, ask, local
from hostagegraph.service.problems import NotFound

FIRST: Final = 6  # entries of each part where all parts are shown
PAGE: Final = 50  # entries of a page of one part
MOST: Final = 3000

_NEIGHBOURS: Final = f"""SELECT DISTINCT ?role ?claim ?on {BOUNDS} WHERE {{
  VALUES ?thing {{ $THINGS }}
  {{ ?on ?role ?thing . ?claim hg:content ?on . FILTER (?on != ?thing) }}
  UNION {{ ?claim hg:allegationAgainst ?thing ; hg:content ?on
    BIND (hg:allegationAgainst AS ?role) }}
  UNION {{ ?claim hg:about ?thing ; hg:content ?on BIND (hg:about AS ?role) }}
  UNION {{ ?link hg:assertor ?thing ; hg:ofClaim ?claim . ?claim hg:content ?on
    BIND (IF(EXISTS {{ ?link hg:relays ?inner }}, hg:relays,
          IF(EXISTS {{ ?link hg:stance hg:denies }}, hg:denies, hg:assertor)) AS ?role) }}
  UNION {{ ?link hg:madeIn ?thing ; hg:ofClaim ?claim . ?claim hg:content ?on
    BIND (hg:madeIn AS ?role) }}
  UNION {{ ?claim hg:reviewedBy ?thing ; hg:content ?on BIND (hg:reviewedBy AS ?role) }}
  UNION {{ ?relation hg:judgedBy ?thing ; hg:fromClaim ?claim . ?claim hg:content ?on
    BIND (hg:judgedBy AS ?role) }}
  UNION {{ ?link hg:reportedIn ?thing ; hg:ofClaim ?claim . ?claim hg:content ?on
    BIND (hg:reportedIn AS ?role) }}
  {DAY}
}} ORDER BY ?claim ?role LIMIT {MOST + 1}"""

_ACCUSED: Final = "allegationAgainst"
_OTHERS: Final = "Other allegations, with the reply that is reported"

# The parts of a page, in their order: title, and the properties by which a thing is named there.
# A claim stands once, in the first part that fits.
_PARTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "offices": ("Offices and memberships, as reported", ("person", "office", "memberOf")),
    "denials": ("Denials", ("denies",)),
    "statements": ("Statements published under this name", ("publishedSpeaker",)),
    "origins": ("Unnamed statements, as ascribed", ("originator",)),
    "conveyed": ("What was said in it", ("madeIn",)),
    "behind": ("Who is said to stand behind it", ("originatedStatement",)),
    "leaks": ("Disclosures, as ascribed", ("discloser",)),
    "information": ("Disclosures of it", ("information", "onwardOf")),
    "allegations": ("Allegations, with the reply that is reported", (_ACCUSED,)),
    "word": ("Reported on the word of this voice", ("assertor",)),
    "mandates": (
        "States and changes of a mandate",
        ("issuer", "holder", "ofMandate", "resultsIn", "precededBy"),
    ),
    "motives": ("Motives and beliefs, as ascribed", ("ascribedTo",)),
    "replies": ("Replies", ("respondsTo",)),
    "sayings": ("Statements in which it was made", ("conveys",)),
    "evaluations": ("Descriptions and judgements", ("characterises",)),
    "causes": ("Causes and effects that are claimed", ("cause", "effect", "motiveFor")),
    "reversals": ("What is said to undo it", ("reverses",)),
    "acts": ("Other acts and meetings", ("actor", "participant", "recipient", "publishedVia")),
    "proposals": ("What is told of it", ("ofProposal",)),
    "accounts": ("Accounts of it", ("accountOf",)),
    "places": ("What is placed there", ("place",)),
    "passage": ("Claims that rest on this passage", ("reportedIn",)),
    "about": ("Other claims that name it", ()),
    "relayed": ("Passed on from others", ("relays",)),
    "judged": ("Claims whose bearing on another was judged so", ("judgedBy",)),
    "reviewed": ("Claims read a second time", ("reviewedBy",)),
}
_SPOKEN: Final = frozenset({"actor", "participant", "recipient", "issuer", "holder"})
_PART_OF: Final = {role: part for part, (_, roles) in _PARTS.items() for role in roles}


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim beside a thing: when it is said to have happened, and the part of the thing."""

    claim: Told
    day: Day
    role: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the claims in which a thing has one part; `count` is how many there are."""

    slug: str
    title: str
    entries: Sequence[Entry]
    count: int
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages the part has."""
        return -(-self.count // PAGE)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The parts of a page; `more` tells that some claims were left out of account."""

    parts: Sequence[Part]
    more: bool = False


async def neighbours(
    request: Request, iri: str, part: str = "", page: int = 1, without: Sequence[str] = ()
) -> Neighbours:
    """Find the claims in which a thing is named: the first of each part, or a page of one part."""
    rows = await ask(request, _NEIGHBOURS, [iri])
    grouped = _grouped(rows[:MOST], without)
    chosen = {part: grouped[part]} if part in grouped else grouped
    start, size = ((page - 1) * PAGE, PAGE) if part in grouped else (0, FIRST)
    if page > 1 and not any(rows[start:] for rows in chosen.values()):
        raise NotFound("there are not so many pages")
    shown = {slug: rows[start : start + size] for slug, rows in chosen.items()}
    claims = await told(request, [row["claim"] for rows in shown.values() for row in rows])
    words = await terms(request)
    titles = {slug: title for slug, (title, _) in _PARTS.items()}
    if _elsewhere(rows, grouped.get("allegations", ())):
        titles["allegations"] = _OTHERS
    parts = [
        Part(
            slug,
            titles[slug],
            [
                Entry(claims[row["claim"]], day_of(row), _role(slug, row, words))
                for row in rows
                if row["claim"] in claims
            ],
            len(chosen[slug]),
            page if part in grouped else 1,
        )
        for slug, rows in shown.items()
    ]
    return Neighbours(parts, len(rows) > MOST)


def _elsewhere(rows: Sequence[Row], allegations: Sequence[Row]) -> bool:
    """Tell whether some allegations stand in other parts, so that this one has the rest."""
    every = {row["claim"] for row in rows if local(row["role"]) == _ACCUSED}
    return bool(every - {row["claim"] for row in allegations})


def _role(slug: str, row: Row, words: Mapping[str, str]) -> str:
    """Say which part the thing has, where the title does not."""
    role = local(row["role"])
    return words.get(role, role) if len(_PARTS[slug][1]) > 1 and role in _SPOKEN else ""


def _grouped(rows: Sequence[Row], without: Sequence[str]) -> dict[str, list[Row]]:
    """Put each claim into the first part that fits, in order of time."""
    order = {slug: place for place, slug in enumerate(_PARTS)}
    placed: dict[str, tuple[int, Row]] = {}
    for row in rows:
        slug = _PART_OF.get(local(row["role"]), "about")
        if slug in without:
            continue
        place = order[slug]
        if row["claim"] not in placed or place < placed[row["claim"]][0]:
            placed[row["claim"]] = (place, row)
    grouped: dict[str, list[Row]] = {slug: [] for slug in _PARTS}
    slugs = list(_PARTS)
    for place, row in placed.values():
        grouped[slugs[place]].append(row)
    for found in grouped.values():
        found.sort(key=lambda row: (day_of(row).order, row["claim"]))
    return {slug: found for slug, found in grouped.items() if found}
