"""An invented negotiation, published as a snapshot: the Example Gazette of 1900 on Freedonia."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from hostagegraph.queries import Catalogue
from hostagegraph.snapshot import Contents, Snapshot, publish
from hostagegraph.store import canonical

BASE = "https://example.org/kg/"

_PREFIXES = f"""
PREFIX : <{BASE}id/example-gazette-1900/>
PREFIX agent: <{BASE}id/agent/>
PREFIX hg: <{BASE}ns#>
PREFIX g: <{BASE}graph/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

TRIG = (
    _PREFIXES
    + """
g:shared {
  agent:minister-of-freedonia a hg:Person, hg:Agent ; rdfs:label "The minister of Freedonia"@en .
  agent:example-gazette a hg:MediaOutlet, hg:Agent ; rdfs:label "Example Gazette"@en .
  agent:markup a hg:Agent ; rdfs:label "<script>alert(1)</script>"@en .
}
g:example-gazette-1900 {
  <BASE/id/source/example-gazette-1900> a hg:SourceWork ; rdfs:label "A summit in Sylvania"@en .
  :c0101-01 a hg:Claim ; hg:gist "The Gazette reports that the minister met the envoy."@en ;
    hg:content :s-meeting ; hg:inSource <BASE/id/source/example-gazette-1900> ;
    hg:reviewStatus hg:draft ; hg:attribution :c0101-01-a1, :c0101-01-a2 .
  :c0101-01-a1 a hg:Attribution ; hg:ofClaim :c0101-01 ; hg:assertor agent:example-gazette ;
    hg:stance hg:reports ; hg:form hg:ownVoice ; hg:relays :c0101-01-a2 .
  :c0101-01-a2 a hg:Attribution ; hg:ofClaim :c0101-01 ; hg:assertor :u-envoy ;
    hg:stance hg:asserts ; hg:form hg:paraphrase .
  :u-envoy a hg:AnonymousSource, hg:UnnamedSource, hg:Agent ;
    hg:descriptor "an envoy of Sylvania"@en .
  :s-meeting a hg:Meeting, hg:ReportedEvent, hg:ReportedSituation ;
    rdfs:label "Reported meeting in Sylvania"@en ;
    hg:participant agent:minister-of-freedonia .
  :c0102-01 a <http://www.w3.org/ns/prov#Entity> ; hg:reviewStatus hg:withdrawn ;
    skos:changeNote "Withdrawn: the text was misread."@en .
}
g:ontology {
  hg:Claim a <http://www.w3.org/2002/07/owl#Class> ; rdfs:label "claim"@en ;
    skos:definition "What a source says."@en .
}
""".replace("BASE/", BASE)
)

CLAIMS_BY_SOURCE = """#+ summary: Claims that one source carries
#+ tags: [claims]
#+ params:
#+   source: {type: iri, label: Source}
#+   status: {type: iri, label: Status, required: false}
#+ columns: {claim: {label: The claim}}
BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <ns#>
SELECT ?claim ?claimLabel WHERE {
  VALUES ?source { <id/source/example-gazette-1900> }
  VALUES ?status { hg:draft }
  ?claim hg:inSource ?source ; hg:gist ?claimLabel ; hg:reviewStatus ?reviewed .
  FILTER(!BOUND(?status) || ?status = ?reviewed)
} ORDER BY ?claim
"""
AGENTS = """#+ summary: All agents
BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?agent ?agentLabel WHERE { ?agent a hg:Agent ; rdfs:label ?agentLabel } ORDER BY ?agent
"""
ANY_CLAIM = """#+ summary: Is there any claim?
BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <ns#>
ASK { ?claim a hg:Claim }
"""
CLAIM_GRAPH = """#+ summary: All that is said of claims
BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <ns#>
CONSTRUCT { ?claim ?p ?o } WHERE { ?claim a hg:Claim ; ?p ?o }
"""
QUERIES = {
    "claims-by-source": CLAIMS_BY_SOURCE,
    "agents": AGENTS,
    "any-claim": ANY_CLAIM,
    "claim-graph": CLAIM_GRAPH,
}


def snapshot_in(
    folder: Path, label: str = "", dumps: Mapping[str, bytes] | None = None
) -> Snapshot:
    """Publish the invented data; with a label for one agent more, they differ from the others."""
    more = f'g:shared {{ agent:newcomer a hg:Agent ; rdfs:label "{label}"@en }}' if label else ""
    quads = list(ox.parse(TRIG + more, format=ox.RdfFormat.TRIG))
    graphs: dict[str, int] = {}
    for quad in quads:
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs[quad.graph_name.value] = graphs.get(quad.graph_name.value, 0) + 1
    contents = Contents(
        canonical(quads),
        {"shared.ttl": b"# Turtle of the shared graph\n", **(dumps or {})},
        BASE,
        f"{BASE}ns/0.1.0",
        graphs,
        {"claims": 1, "sources": 1, "drafts": 1},
        {"conforms": True},
        {"failed": 0},
    )
    folder.mkdir(parents=True, exist_ok=True)
    return publish(folder, contents)


def catalogue_in(folder: Path) -> Catalogue:
    """Save the invented queries."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in QUERIES.items():
        (folder / f"{name}.rq").write_text(text)
    return Catalogue.load(folder, BASE)
