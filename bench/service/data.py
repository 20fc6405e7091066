"""A number of quads in; invented claims about Freedonia as N-Quads out, the same each time."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

BASE = "https://example.org/kg/"
_NS = f"{BASE}ns#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_DAY = "http://www.w3.org/2001/XMLSchema#date"
_OF_A_CLAIM = 10  # quads
_IN_A_SOURCE = 100  # claims
_PLACES = ("Sylvania", "Freedonia", "Ruritania", "Osterlich")
_DEEDS = ("met the envoy", "refused the terms", "left the talks", "named a day", "sent a letter")

# One saved query, which is the star join below.
QUERIES = {
    "first-claims": f"""#+ summary: The first hundred claims
PREFIX hg: <{_NS}>
SELECT ?claim ?gist ?source ?day ?voice WHERE {{
  ?claim a hg:Claim ; hg:gist ?gist ; hg:inSource ?source ; hg:day ?day ; hg:attribution ?told .
  ?told hg:assertor ?voice .
}} LIMIT 100
"""
}
STAR = QUERIES["first-claims"]
AGGREGATE = f"""PREFIX hg: <{_NS}>
SELECT ?voice (COUNT(?told) AS ?count) WHERE {{ ?told hg:assertor ?voice }} GROUP BY ?voice"""
EXPORT = "SELECT ?s ?p ?o ?n WHERE { VALUES ?n { 1 2 3 4 5 6 7 8 9 10 } ?s ?p ?o } LIMIT 100000"


@dataclass(frozen=True)
class Data:
    """N-Quads, sorted; how many quads each graph has, and how many claims there are."""

    quads: bytes
    graphs: dict[str, int]
    claims: int


def lookup(claim: int) -> str:
    """Ask two things of one claim."""
    return (
        f"SELECT ?gist ?day WHERE {{ <{BASE}id/claim/{claim}> <{_NS}gist> ?gist ;"
        f" <{_NS}day> ?day }}"
    )


def made(quads: int) -> Data:
    """Make so many quads, or a few more."""
    claims = -(-quads // _OF_A_CLAIM)
    lines = sorted(_lines(claims))
    graphs = Counter(line.rpartition(" <")[2][:-4] for line in lines)
    return Data("".join(lines).encode(), dict(graphs), claims)


def _lines(claims: int) -> Iterator[str]:
    chance = random.Random(1900)
    agents = max(10, claims // 100)
    for claim in range(claims):
        source = claim // _IN_A_SOURCE
        graph = f"<{BASE}graph/gazette-{source}> .\n"
        subject, told = f"<{BASE}id/claim/{claim}>", f"<{BASE}id/attribution/{claim}>"
        gist = f"The minister of {chance.choice(_PLACES)} {chance.choice(_DEEDS)}, number {claim}."
        day = f"19{claim % 90:02}-{claim % 12 + 1:02}-{claim % 28 + 1:02}"
        voice = f"<{BASE}id/agent/{chance.randrange(agents)}>"
        yield f"{subject} <{_TYPE}> <{_NS}Claim> {graph}"
        yield f'{subject} <{_NS}gist> "{gist}"@en {graph}'
        yield f"{subject} <{_NS}inSource> <{BASE}id/source/gazette-{source}> {graph}"
        yield f'{subject} <{_NS}day> "{day}"^^<{_DAY}> {graph}'
        yield f"{subject} <{_NS}attribution> {told} {graph}"
        yield f"{told} <{_TYPE}> <{_NS}Attribution> {graph}"
        yield f"{told} <{_NS}ofClaim> {subject} {graph}"
        yield f"{told} <{_NS}assertor> {voice} {graph}"
        yield f"{told} <{_NS}stance> <{_NS}asserts> {graph}"
        yield f'{told} <{_LABEL}> "Attribution {claim}" {graph}'
