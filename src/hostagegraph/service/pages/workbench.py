"""What an editor completes: the terms of the ontology and in use, and things by their labels."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from hostagegraph.service.accounts.iris import compact
from hostagegraph.service.accounts.names import names
from hostagegraph.service.answers import data_headers, json_response
from hostagegraph.service.asked import fields_of
from hostagegraph.service.asking import Row, ask, local
from hostagegraph.service.negotiation import JSON
from hostagegraph.service.serving import reading, serving
from hostagegraph.service.text import hints
from hostagegraph.vocabulary import CLASSES, PROPERTIES

router = APIRouter()

_LONGEST: Final = 100  # of the words that are looked for
_MOST: Final = 30
_MOST_WORDS: Final = 6
_AT_ONCE: Final = 100  # things named in one answer
_OWN: Final = """SELECT ?term ?label ?language ?definition WHERE {
  GRAPH <graph/ontology> { ?term rdfs:label|skos:prefLabel ?label }
  FILTER (STRSTARTS(STR(?term), STR(hg:)))
  BIND (LANG(?label) AS ?language)
  OPTIONAL { ?term skos:definition|rdfs:comment ?definition
    FILTER (LANG(?definition) IN ("en", "")) }
} ORDER BY ?term ?language ?label"""
_USED: Final = """SELECT DISTINCT ?term ?kind WHERE {
  { SELECT DISTINCT ?term WHERE { ?thing ?term ?value } } BIND ("property" AS ?kind)
} ORDER BY ?term"""
_THINGS: Final = """SELECT ?thing ?label ?kind WHERE {
  ?thing rdfs:label|hg:descriptor|skos:altLabel|hg:pseudonym ?label .
  FILTER ($WORDS)
  FILTER (STRSTARTS(STR(?thing), STR(<id/>)) && !STRSTARTS(STR(?thing), STR(<id/query/>)))
  ?thing a ?class .
  GRAPH <graph/ontology> { ?class rdfs:label ?kind }
  FILTER (LANG(?kind) = "en")
  FILTER NOT EXISTS { ?thing a ?other . GRAPH <graph/ontology> { ?other rdfs:subClassOf ?class } }
} ORDER BY ?label ?thing ?kind LIMIT 200"""


@reading(router, "/sparql/terms", (JSON,), summary="List prefixes and terms for an editor")
async def terms(request: Request) -> Response:
    """List prefixes, the terms of the ontology with definitions, and other properties in use."""
    here = serving(request)
    prefixes = hints.prefixes(here.base)
    told = [*_own(await ask(request, _OWN)), *_used(await ask(request, _USED), here.base, prefixes)]
    headers = {**data_headers(here), "Cache-Control": "no-cache"}
    return json_response({"prefixes": prefixes, "terms": told}, headers)


def _own(rows: Iterable[Row]) -> list[Mapping[str, str]]:
    found: dict[str, Row] = {}
    for row in rows:
        if row["term"] not in found or row["language"] == "en":
            found[row["term"]] = row
    return [
        {
            "name": f"hg:{local(iri)}",
            "kind": _kind(local(iri)),
            "label": row["label"],
            "definition": row["definition"],
        }
        for iri, row in found.items()
    ]


def _kind(name: str) -> str:
    return "class" if name in CLASSES else "property" if name in PROPERTIES else "value"


def _used(rows: Iterable[Row], base: str, prefixes: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Give the properties of other vocabularies that a prefix can shorten."""
    others = {name: space for name, space in prefixes.items() if name != "hg"}
    return [
        {"name": compact(row["term"], base), "kind": row["kind"], "label": "", "definition": ""}
        for row in rows
        if any(row["term"].startswith(space) for space in others.values())
    ]


@reading(router, "/sparql/things", (JSON,), summary="Find things by words of their labels")
async def things(request: Request) -> Response:
    """Find the things whose label holds all words of `q`, for an editor that completes."""
    here = serving(request)
    words = request.query_params.get("q", "")[:_LONGEST].lower().split()[:_MOST_WORDS]
    found: dict[str, Mapping[str, Any]] = {}
    if words:
        tests = (f"CONTAINS(LCASE(STR(?label)), {ox.Literal(word)})" for word in words)
        for row in await ask(request, _THINGS.replace("$WORDS", " && ".join(tests))):
            entry = {"iri": row["thing"], "label": row["label"], "kind": row["kind"]}
            found.setdefault(row["thing"], entry)
    headers = {**data_headers(here), "Cache-Control": "no-cache"}
    return json_response(list(found.values())[:_MOST], headers)


@reading(router, "/sparql/names", (JSON,), summary="Name things, for a table of results")
async def named(request: Request) -> Response:
    """Name the things whose IRIs are given as `thing`, in short or in full: some at once."""
    here = serving(request)
    wanted = {
        each: _iri(each, here.base) for each in fields_of(request).get("thing", ())[:_AT_ONCE]
    }
    known = await names(request, filter(None, wanted.values()))
    told = {
        each: {"text": name.text, "language": name.language, "unnamed": name.unnamed}
        for each, iri in wanted.items()
        if (name := known.get(iri)) is not None and name.text != compact(iri, here.base)
    }
    return json_response(told, {**data_headers(here), "Cache-Control": "no-cache"})


def _iri(text: str, base: str) -> str:
    """Read the IRI of a thing of the data; empty where it cannot be one."""
    iri = text if text.startswith(f"{base}id/") else f"{base}id/{text}"
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        return ""


def without_head(text: str) -> str:
    """Leave out the head of a query file: what an editor shows of it."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("#+"))


def first_query(base: str) -> str:
    """Propose a first query: claims, with who says so."""
    return f"""PREFIX hg: <{base}ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?claim ?claimLabel ?voice ?voiceLabel WHERE {{
  ?claim a hg:Claim ; hg:gist ?claimLabel ; hg:attribution ?link .
  ?link hg:assertor ?voice .
  OPTIONAL {{ ?voice rdfs:label|hg:descriptor ?voiceLabel . FILTER (LANG(?voiceLabel) = "en") }}
}} ORDER BY ?claim LIMIT 20
"""


def any_query() -> str:
    """Propose a first query to data of which nothing is known."""
    return """SELECT ?graph ?s ?p ?o WHERE {
  { ?s ?p ?o } UNION { GRAPH ?graph { ?s ?p ?o } }
} LIMIT 20
"""
