"""IRIs in, names out: what to call a thing, where its name leads and which sign it carries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from fastapi import Request

from hostagegraph.service.accounts.iris import address, compact
from hostagegraph.service.accounts.languages import called
from hostagegraph.service.asking import Row, ask, local
from hostagegraph.service.serving import serving

Sign = Literal["", "person", "body", "one", "several", "pseudonym"]

_NAMES: Final = """SELECT ?thing ?text ?language ?kind ?plurality ?pseudonym WHERE {
  VALUES ?thing { $THINGS }
  { ?thing rdfs:label|hg:descriptor|hg:gist|skos:prefLabel ?text }
  UNION { ?thing a hg:SourceText ; dcterms:language ?text }
  UNION { ?thing a hg:SourceCopy ; dcterms:publisher ?by
    BIND (CONCAT("Copy at ", STR(?by)) AS ?text) }
  UNION { ?thing hg:passageOf ?work ; oa:hasSelector ?at . ?at oa:start ?first ; oa:end ?last
    BIND (CONCAT("Characters ", STR(?first), " to ", STR(?last)) AS ?text) }
  UNION { VALUES (?of ?word) { (hg:ofClaim "Voice ") (hg:fromClaim "Relation ") }
    ?thing ?of ?claim BIND (CONCAT(?word, STRAFTER(STR(?thing), CONCAT(STR(?claim), "-")),
      " of claim ", REPLACE(STR(?claim), "^.*/c", "")) AS ?text) }
  UNION { ?claim hg:allegation ?thing
    BIND (CONCAT("Allegation ", STRAFTER(STR(?thing), CONCAT(STR(?claim), "-")),
      " in claim ", REPLACE(STR(?claim), "^.*/c", "")) AS ?text) }
  UNION { ?passage oa:hasSelector ?thing . ?thing oa:start ?first ; oa:end ?last
    BIND (CONCAT("Place of characters ", STR(?first), " to ", STR(?last)) AS ?text) }
  UNION { ?passage oa:hasSelector ?thing, ?place . ?thing hg:digest ?digest .
    ?place oa:start ?first ; oa:end ?last
    BIND (CONCAT("Digest of characters ", STR(?first), " to ", STR(?last)) AS ?text) }
  BIND (LANG(?text) AS ?language)
  OPTIONAL { ?thing hg:plurality ?plurality }
  OPTIONAL { ?thing hg:pseudonym ?pseudonym }
  BIND (IF(EXISTS { ?thing a hg:SourceText }, "text",
        IF(EXISTS { ?thing a hg:PseudonymousSource }, "pseudonym",
        IF(EXISTS { ?thing a hg:UnnamedSource }, "unnamed",
        IF(EXISTS { ?thing a hg:Person }, "person",
        IF(EXISTS { ?thing a hg:Agent }, "body", ""))))) AS ?kind)
} ORDER BY ?thing ?language ?text"""
_TERMS: Final = """SELECT ?term ?text ?language WHERE {
  GRAPH <graph/ontology> { ?term rdfs:label|skos:prefLabel ?text }
  BIND (LANG(?text) AS ?language)
} ORDER BY ?term ?language ?text"""
_MOST: Final = 500  # names asked for at once
# What pages call terms whose labels in the ontology say the same in other words.
_FOR_PEOPLE: Final[Mapping[str, str]] = {
    "AnonymousSource": "unnamed source",
    "Leak": "disclosure (as reported)",
    "accuracyUnstated": "accuracy not said",
    "anonymous": "unnamed",
    "classificationUnstated": "classification not said",
    "pluralityUnstated": "number not said",
}


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called; an unnamed source by its published descriptor, in its language."""

    iri: str
    text: str
    href: str = ""
    language: str = ""
    sign: Sign = ""
    remark: str = ""

    @property
    def unnamed(self) -> bool:
        """Tell whether the name is a published label and not a name."""
        return self.sign in {"one", "several"}


async def names(request: Request, iris: Iterable[str]) -> Mapping[str, Name]:
    """Name things; what has no label is called by its IRI in short."""
    wanted = sorted(set(filter(None, iris)))
    base = serving(request).base
    found: dict[str, list[Row]] = defaultdict(list)
    for start in range(0, len(wanted), _MOST):
        for row in await ask(request, _NAMES, wanted[start : start + _MOST]):
            found[row["thing"]].append(row)
    return {iri: _name(iri, found.get(iri, []), base) for iri in wanted}


async def terms(request: Request) -> Mapping[str, str]:
    """Give the labels of all terms of the ontology, by their local names."""
    found: dict[str, str] = {}
    for row in await ask(request, _TERMS):
        name = local(row["term"])
        if name not in found or row["language"] == "en":
            found[name] = row["text"]
    return found | {name: said for name, said in _FOR_PEOPLE.items() if name in found}


def _name(iri: str, rows: list[Row], base: str) -> Name:
    if not rows:
        return Name(iri, compact(iri, base), address(iri, base))
    row = min(rows, key=lambda each: (each["language"] not in {"en", ""}, each["language"]))
    text, remark = row["text"], ""
    if iri.startswith(f"{base}ns#"):
        text = _FOR_PEOPLE.get(local(iri), text)
    if row["kind"] == "text":
        text = f"Text in {called(text)}"
    if row["pseudonym"]:
        text, remark = row["pseudonym"], text
    return Name(iri, text, address(iri, base), row["language"], _sign(row), remark)


def _sign(row: Row) -> Sign:
    if row["kind"] == "unnamed":
        return "one" if local(row["plurality"]) == "single" else "several"
    known: Mapping[str, Sign] = {"pseudonym": "pseudonym", "person": "person", "body": "body"}
    return known.get(row["kind"], "")
