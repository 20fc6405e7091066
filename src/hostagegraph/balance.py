"""Weigh the data: a dataset in, who is accused, on whose word and with what reply out.

Counts only: nothing here says whether an allegation is true. A reply that is not reported says
something of the source, not of the person.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

import pyoxigraph as ox

from hostagegraph.store import select
from hostagegraph.vocabulary import rebased

# One row per allegation and voice in favour: one that denies or doubts is none.
_QUERY: Final = """BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <https://w3id.org/hostagegraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?allegation ?agent ?reply ?voice ?label ?unnamed ?status WHERE {
  ?claim hg:allegation ?allegation ; hg:reviewStatus ?status .
  ?allegation hg:against/rdfs:label ?agent ; hg:replyStatus ?reply .
  FILTER ( LANG(?agent) = "en" )
  ?origin hg:ofClaim ?claim ; a hg:OriginAttribution ; hg:assertor ?voice ; hg:stance ?stance .
  FILTER ( ?stance NOT IN ( hg:denies, hg:doubts, hg:retracts, hg:declines ) )
  ?voice rdfs:label|hg:descriptor ?label .
  FILTER ( LANG(?label) = "en" )
  BIND ( EXISTS { ?voice a hg:UnnamedSource } AS ?unnamed )
} ORDER BY ?agent ?allegation ?voice"""
_ANSWERED: Final = ("denied", "replied")


@dataclass(frozen=True, slots=True)
class Share:
    """The allegations against one agent, or against all.

    `answered` counts those with a reply or denial that the source reports, `one_unnamed` those
    whose only voice in favour is one unnamed source, `drafts` those nobody has read a second time;
    `voices` counts them by the voices in favour.
    """

    allegations: int
    answered: int
    one_unnamed: int
    drafts: int
    voices: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of a data version: of each accused agent, and of all together."""

    data: str
    agents: Mapping[str, Share]
    all: Share

    def as_json(self) -> str:
        """Write the balance as JSON."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    def as_markdown(self) -> str:
        """Write the balance as a page."""
        lines = [
            f"# Balance report, data version {self.data}",
            "",
            "How many allegations the data hold, against whom, on whose word, with what reply.",
            "Counts say nothing about truth. *Answered* means that the source itself reports a",
            "reply or a denial of the accused; that none is reported speaks of the source.",
            "",
            "| against | allegations | answered | on one unnamed source | drafts |",
            "|---|--:|--:|--:|--:|",
            *(_row(agent, share) for agent, share in self.agents.items()),
            _row("**all**", self.all),
            "",
            "| voice in favour | allegations | share |",
            "|---|--:|--:|",
            *(
                f"| {_cell(voice)} | {count} | {_percent(count, self.all.allegations)} |"
                for voice, count in self.all.voices.items()
            ),
            "",
        ]
        return "\n".join(lines)


def balance_of(store: ox.Store, base: str, data: str) -> Balance:
    """Weigh the allegations of a dataset; `data` names its version."""
    rows: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in select(store, rebased(_QUERY, base)):
        texts = {name: str(getattr(term, "value", "")) for name, term in row.items()}
        rows[texts["agent"]][texts["allegation"]].append(texts)
    agents = {agent: _share(found.values()) for agent, found in sorted(rows.items())}
    ordered = dict(sorted(agents.items(), key=lambda item: (-item[1].allegations, item[0])))
    whole = (voices for found in rows.values() for voices in found.values())
    return Balance(data, ordered, _share(whole))


def _share(allegations: Iterable[list[dict[str, str]]]) -> Share:
    voices: Counter[str] = Counter()
    total = answered = unnamed = drafts = 0
    for rows in allegations:
        total += 1
        answered += rows[0]["reply"].rpartition("#")[2] in _ANSWERED
        drafts += rows[0]["status"].endswith("#draft")
        unnamed += len(rows) == 1 and rows[0]["unnamed"] == "true"
        voices.update({row["label"] for row in rows})
    ordered = dict(sorted(voices.items(), key=lambda item: (-item[1], item[0])))
    return Share(total, answered, unnamed, drafts, ordered)


def _row(name: str, share: Share) -> str:
    of = share.allegations
    cells = [f"{n} ({_percent(n, of)})" for n in (share.answered, share.one_unnamed, share.drafts)]
    return f"| {_cell(name)} | {of} | {' | '.join(cells)} |"


def _percent(count: int, of: int) -> str:
    return f"{100 * count / of:.0f} %" if of else "-"


def _cell(text: str) -> str:
    """Keep a text from breaking out of its cell."""
    return text.replace("|", "\\|")
