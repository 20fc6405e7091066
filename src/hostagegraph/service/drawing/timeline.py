"""The data in, what they tell of days out: one entry for each act or state, in its lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from fastapi import Request

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import BOUNDS, DAY, Day, day_of, one_year
from hostagegraph.service.accounts.names import Name, names, terms
from hostagegraph.service.asking import Row, ask, local

MOST: Final = 600
# Lane, what stands under its name, and the classes in it.
LANES: Final[Mapping[str, tuple[str, str]]] = {
    "meetings": ("Meetings", "and travel"),
    "proposals": ("Proposals", "and replies"),
    "mandates": ("Mandates", "changes and states"),
    "named": ("Statements", "under a name"),
    "unnamed": ("Statements", "without a name"),
    "leaks": ("Disclosures", "as alleged"),
}
_LANE_OF: Final = {
    **dict.fromkeys(("Meeting", "Travel"), "meetings"),
    **dict.fromkeys(("ProposalEvent", "Response"), "proposals"),
    **dict.fromkeys(("MandateEvent", "MandateState"), "mandates"),
    "Statement": "named",
    "Leak": "leaks",
}
_UNDONE: Final = frozenset({"attempted", "blocked", "cancelled", "delayed", "planned"})
_ENTRIES: Final = f"""SELECT DISTINCT ?on ?kind ?claim ?completion ?change ?speaker ?maker {BOUNDS}
WHERE {{
  VALUES ?kind {{ hg:Meeting hg:Travel hg:ProposalEvent hg:Response hg:MandateEvent
                 hg:MandateState hg:Statement hg:Leak }}
  ?on a ?kind . ?claim hg:content ?on ; hg:gist ?gist .
  FILTER (LANG(?gist) = "en")
  OPTIONAL {{ ?on hg:completion ?completion }}
  OPTIONAL {{ ?on hg:changeType ?change }}
  OPTIONAL {{ ?on hg:publishedSpeaker ?speaker }}
  OPTIONAL {{ ?on a hg:Statement ; hg:actor ?maker
    FILTER NOT EXISTS {{ ?on hg:publishedSpeaker ?anybody }} }}
  {DAY}
  FILTER (BOUND(?startMin) || BOUND(?endMax))
  FILTER NOT EXISTS {{ ?on hg:completion hg:hypothetical }}
}} ORDER BY ?on ?claim ?speaker LIMIT {MOST + 1}"""
_ISSUED: Final = "SELECT ?issued WHERE { ?work a hg:SourceWork ; dcterms:issued ?issued }"


@dataclass(frozen=True, slots=True)
class Entry:
    """One act or state with its day, and the claim that tells of it.

    `act` is the change of a mandate; `undone` an outcome other than done, in words; `maker` is who
    is said to have made a statement that was published under no speaker.
    """

    lane: str
    kind: str
    label: Name
    speaker: Name | None
    href: str
    day: Day
    claim: Told
    act: str
    undone: str
    maker: Name | None = None

    @property
    def called(self) -> Name:
        """What the entry is called on a timeline: a statement by its published speaker.

        Without one it keeps its own label, behind the sign of who is said to have made it.
        """
        if self.speaker or not self.maker:
            return self.speaker or self.label
        return replace(self.label, sign=self.maker.sign)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All entries in order of time; `issued` is the day on which the one source appeared."""

    entries: Sequence[Entry]
    issued: date | None
    more: bool = False

    @property
    def year(self) -> str:
        """Give the one year of all entries; empty where they differ."""
        return one_year(entry.day for entry in self.entries)

    @property
    def span(self) -> str:
        """Name the months that it covers."""
        days = [day for entry in self.entries if (day := entry.day.start_min or entry.day.end_max)]
        if not days:
            return ""
        first, last = min(days), max(days)
        opening = f"{first:%B}" if first.year == last.year else f"{first:%B} {first.year}"
        closing = f"{last:%B} {last.year}"
        return closing if f"{first:%B} {first.year}" == closing else f"{opening} to {closing}"


async def timeline(request: Request) -> Timeline:
    """Read the entries of all lanes."""
    rows = await ask(request, _ENTRIES)
    by_thing: dict[str, list[Row]] = {}
    for row in rows[:MOST]:
        by_thing.setdefault(row["on"], []).append(row)
    claims = await told(request, [own[0]["claim"] for own in by_thing.values()])
    known = await names(
        request,
        [
            iri
            for own in by_thing.values()
            for row in own
            for iri in (row["on"], row["speaker"], row["maker"])
        ],
    )
    words = await terms(request)
    entries = [
        _entry(own[0], claims[own[0]["claim"]], known, words)
        for own in by_thing.values()
        if own[0]["claim"] in claims
    ]
    entries.sort(key=lambda entry: (entry.day.order, entry.label.iri))
    issued = [row["issued"] for row in await ask(request, _ISSUED)]
    return Timeline(entries, _issued(issued), len(rows) > MOST)


def _entry(row: Row, claim: Told, known: Mapping[str, Name], words: Mapping[str, str]) -> Entry:
    kind = local(row["kind"])
    speaker = known.get(row["speaker"])
    lane = _LANE_OF[kind]
    if lane == "named" and speaker is not None and speaker.sign not in {"person", "body"}:
        lane = "named" if speaker.sign == "pseudonym" else "unnamed"
    completion = local(row["completion"])
    label = known[row["on"]]
    undone = not_done(completion, words.get(completion, ""), claim)
    change = local(row["change"])
    maker = known.get(row["maker"])
    if maker is not None and maker.sign not in {"person", "body"}:
        maker = None  # the sign of one without a name would make a label of the title
    return Entry(lane, kind, label, speaker, label.href, day_of(row), claim, change, undone, maker)


def not_done(completion: str, word: str, claim: Told) -> str:
    """Say in words what came of an act that was not done; empty where it was, or nobody says."""
    if claim.negated:
        return "said not to have happened"
    return word if completion in _UNDONE else ""


def _issued(found: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(found[0]) if len(found) == 1 else None
    except ValueError:
        return None
