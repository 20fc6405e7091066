"""A dataset in, who says each claim out: voices, outlet, day, hearsay, denials, passages."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from hostagegraph.errors import SnapshotError
from hostagegraph.store import select
from hostagegraph.vocabulary import rebased

FILE: Final = "claims.json"
_NO_FAVOUR: Final = ("denies", "doubts", "retracts", "declines")

_PROLOGUE: Final = """BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <https://w3id.org/hostagegraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
_CLAIMS: Final = (
    _PROLOGUE
    + """SELECT ?claim ?gist ?source ?sourceLabel ?isLeak WHERE {
  ?claim a hg:Claim ; hg:gist ?gist ; hg:inSource ?source ; hg:content ?content .
  ?source rdfs:label ?sourceLabel .
  FILTER (LANG(?gist) = "en" && LANG(?sourceLabel) = "en")
  BIND (EXISTS { ?content a hg:Leak } AS ?isLeak)
} ORDER BY ?claim"""
)
# Each link of each chain; a link that nothing relays begins a chain.
_LINKS: Final = (
    _PROLOGUE
    + """SELECT ?link ?claim ?voice ?label ?language ?kind ?stance ?form ?when ?next WHERE {
  ?link hg:ofClaim ?claim ; hg:assertor ?voice ; hg:stance ?stance ; hg:form ?form .
  ?voice rdfs:label|hg:descriptor ?label .
  BIND (LANG(?label) AS ?language)
  OPTIONAL { ?link hg:when ?when }
  OPTIONAL { ?link hg:relays ?next }
  BIND (IF(EXISTS { ?voice a hg:PseudonymousSource }, "pseudonymous",
        IF(EXISTS { ?voice a hg:UnnamedSource }, "anonymous",
        IF(EXISTS { ?voice a hg:Person }, "named", "institutional"))) AS ?kind)
} ORDER BY ?link ?language ?label"""
)
_PASSAGES: Final = (
    _PROLOGUE
    + """SELECT ?link ?passage ?start ?end WHERE {
  ?link hg:reportedIn ?passage .
  OPTIONAL { ?passage oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
} ORDER BY ?link ?start ?passage"""
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says something: IRI, name or published descriptor, and the kind of attribution.

    `attribution` is named, institutional, anonymous or pseudonymous; unattributed where the text
    presents something impersonally.
    """

    iri: str
    label: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The voices through which a claim reached print, outermost first.

    `stance` is that of the innermost voice, such as asserts, believes or doubts; `date` the EDTF
    date at which it spoke, empty where no source says.
    """

    voices: tuple[Voice, ...]
    stance: str
    date: str
    passages: tuple[str, ...]

    @property
    def origin(self) -> Voice:
        """The innermost voice."""
        return self.voices[-1]

    @property
    def favours(self) -> bool:
        """Tell whether the innermost voice puts the claim forward, and does not question it."""
        return self.stance not in _NO_FAVOUR

    @property
    def depth(self) -> int:
        """How often the claim was passed on before it was printed: 0 in an outlet's own voice."""
        return len(self.voices) - 1


@dataclass(frozen=True, slots=True)
class Claim:
    """What stands behind one claim: its source work, the chains that carry it, the denials."""

    iri: str
    gist: str
    source: str
    source_label: str
    leak: bool
    chains: tuple[Chain, ...]
    denials: tuple[Chain, ...]


Claims = Mapping[str, Claim]


def claims_in(store: ox.Store, base: str) -> Claims:
    """Read who says each claim of a dataset, by the IRI of the claim, sorted."""
    passages: dict[str, list[str]] = defaultdict(list)
    for row in _rows(store, _PASSAGES, base):
        span = f" ({row['start']}-{row['end']})" if row["start"] else ""
        passages[row["link"]].append(row["passage"] + span)
    links: dict[str, dict[str, str]] = {}
    for row in _rows(store, _LINKS, base):
        if row["link"] not in links or row["language"] == "en":
            links[row["link"]] = row
    chains: dict[str, list[tuple[bool, Chain]]] = defaultdict(list)
    for first in sorted(links.keys() - {row["next"] for row in links.values()}):
        steps = tuple(_steps(links, first))
        stance = steps[-1]["stance"].rpartition("#")[2]
        voices = tuple(_voice(step) for step in steps)
        chain = Chain(voices, stance, steps[-1]["when"], tuple(passages[first]))
        chains[steps[0]["claim"]].append((stance == "denies", chain))
    return {
        row["claim"]: Claim(
            row["claim"],
            row["gist"],
            row["source"],
            row["sourceLabel"],
            row["isLeak"] == "true",
            tuple(chain for denies, chain in chains[row["claim"]] if not denies),
            tuple(chain for denies, chain in chains[row["claim"]] if denies),
        )
        for row in _rows(store, _CLAIMS, base)
    }


def _rows(store: ox.Store, query: str, base: str) -> Iterator[dict[str, str]]:
    for row in select(store, rebased(query, base)):
        yield {name: str(getattr(term, "value", "")) for name, term in row.items()}


def _steps(links: Mapping[str, Mapping[str, str]], first: str) -> Iterator[Mapping[str, str]]:
    following = first
    while following:
        yield links[following]
        following = links[following]["next"]


def _voice(step: Mapping[str, str]) -> Voice:
    impersonal = step["form"].endswith("#impersonal")
    kind = "unattributed" if impersonal else step["kind"]
    return Voice(step["voice"], step["label"], kind)


def written(claims: Claims) -> str:
    """Write the claims as one JSON document."""
    return json.dumps([asdict(claim) for claim in claims.values()], ensure_ascii=False) + "\n"


def read_claims(path: Path) -> Claims:
    """Read what `written` wrote. Raises SnapshotError when it is something else."""
    try:
        found = [_claim(each) for each in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SnapshotError(f"{path.name} cannot be read: {error}") from error
    return {claim.iri: claim for claim in found}


def _claim(told: Mapping[str, Any]) -> Claim:
    plain = {each.name: told[each.name] for each in fields(Claim)}
    chains = {name: _chains(told[name]) for name in ("chains", "denials")}
    return Claim(**plain | chains)


def _chains(told: Sequence[Mapping[str, Any]]) -> tuple[Chain, ...]:
    return tuple(
        Chain(
            tuple(Voice(**voice) for voice in chain["voices"]),
            chain["stance"],
            chain["date"],
            tuple(chain["passages"]),
        )
        for chain in told
    )


def origins(chains: Iterable[Chain]) -> tuple[Voice, ...]:
    """List the distinct innermost voices of chains, in their order."""
    return tuple(dict.fromkeys(chain.origin for chain in chains))
