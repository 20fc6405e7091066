"""Results and descriptions in, HTML for people out: everything that was said is escaped."""

import gzip
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jinja2
import pyoxigraph as ox
from fastapi import Request, Response

from hostagegraph import __version__
from hostagegraph.queries import SavedQuery
from hostagegraph.service.answers import collect, data_headers
from hostagegraph.service.asking import ask, local
from hostagegraph.service.assets import codings, tags
from hostagegraph.service.iris import address, compact
from hostagegraph.service.names import Name, names
from hostagegraph.service.negotiation import SUFFIXES, offered
from hostagegraph.service.problems import Problem
from hostagegraph.service.serving import Serving, serving
from hostagegraph.store import Kind
from hostagegraph.workers import Answer

FORMATS: Final[Mapping[Kind, str | None]] = {
    "solutions": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples",
}
MOST_ROWS: Final = 500
_MOST_BYTES: Final = 4_000_000
# Address, name, and the saved query without which there is no such page.
_PLACES: Final = (
    ("/queries", "Questions", ""),
    ("/mandates", "Mandates", "mandate-changes"),
    ("/disputes", "Said against said", "contradictions"),
    ("/network", "Network", "network"),
    ("/search", "Search", ""),
    ("/sparql", "Workbench", ""),
    ("/about", "About the data", "sources"),
)
_PLACES_OF_FILES: Final = (("/sparql", "Workbench", ""), ("/data", "Data", ""))
_EFFORT: Final = 5  # of gzip: a page of 60 kB takes about a millisecond
_SOURCES: Final = "SELECT ?source WHERE { ?source a hg:SourceWork } ORDER BY ?source LIMIT 4"
_ONTOLOGY: Final = """SELECT ?term ?label ?language ?definition WHERE {
  GRAPH <graph/ontology> { ?term rdfs:label|skos:prefLabel ?label }
  FILTER (STRSTARTS(STR(?term), STR(hg:)))
  BIND (LANG(?label) AS ?language)
  OPTIONAL { ?term skos:definition|rdfs:comment ?definition
    FILTER (LANG(?definition) IN ("en", "")) }
} ORDER BY ?term ?language ?label"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it is shown: its text, where it leads, its language and what it says in full."""

    text: str
    href: str = ""
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: headings, the rows that are shown, and how many there are in all."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    kind: str = "rows"


@dataclass(frozen=True, slots=True)
class Said:
    """A yes or no, or the fact that the result is too large for a page."""

    kind: str
    text: str


Result = Rows | Said


def environment() -> jinja2.Environment:
    """Make the template engine; it escapes every value."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


async def page(request: Request, template: str, **values: Any) -> Response:
    """Fill a template with what every page says and with values of its own."""
    return _filled(request, template, sources=await sources(request), **values)


def problem_page(request: Request, problem: Problem) -> Response:
    """Tell a failure to a person, without a look at the data."""
    response = _filled(request, "problem.html", problem=problem.members, sources=())
    response.status_code = problem.status
    response.headers.update(problem.headers)
    return response


def _filled(request: Request, template: str, **values: Any) -> Response:
    here = serving(request)
    entries = ("src/app.ts", *values.pop("islands", ()))
    nonce = request.scope["nonce"] = secrets.token_urlsafe(16)
    common = {
        "nonce": nonce,
        "assets": tags(*entries),
        "here": request.url.path,
        "theme": _theme(request),
        "data": here.snapshot.name,
        "program": __version__,
        "drafts": drafts(request),
        "files": here.snapshot.manifest.files,
        "union": here.union,
        "places": _places(here),
        "contact": request.app.state.contact,
    }
    text = here.pages.get_template(template).render(
        **{"query": "", "result": None, "notices": (), "links": (), **common, **values}
    )
    headers = {**data_headers(here), "Cache-Control": "no-cache"}
    body = text.encode("utf-8", "replace")
    if "gzip" in codings(request):
        body = gzip.compress(body, _EFFORT, mtime=0)
        headers |= {"Content-Encoding": "gzip"}
    headers["Vary"] += ", Accept-Encoding, Cookie"
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


def _places(here: Serving) -> Sequence[tuple[str, str]]:
    """List the pages to which every page leads, as far as these data have them."""
    places = _PLACES_OF_FILES if here.snapshot.manifest.files else _PLACES
    known = {query.name for query in here.catalogue.queries}
    return [(href, name) for href, name, needs in places if not needs or needs in known]


def _theme(request: Request) -> str:
    """Read which theme the reader chose; none follows the system."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""


async def sources(request: Request) -> Sequence[Name]:
    """Name the works on which all pages rest; a few of them where there are many."""
    if serving(request).snapshot.manifest.files:
        return ()
    found = [row["source"] for row in await ask(request, _SOURCES)]
    known = await names(request, found)
    return [known[iri] for iri in found]


def drafts(request: Request) -> int:
    """Count the claims that nobody has read a second time."""
    return int(serving(request).snapshot.manifest.counts.get("drafts", 0))


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


def downloads(path: str, asked: str, kind: Kind) -> tuple[tuple[str, str], ...]:
    """List the addresses of a result in each format."""
    if path == "/sparql":
        return ()
    tail = f"?{asked}" if asked else ""
    return tuple(
        (suffix, f"{path}.{suffix}{tail}")
        for suffix, media in SUFFIXES.items()
        if media in offered(kind)
    )


# Results


TOO_LARGE: Final = Said("large", "The result is too large for a page; take it in another format.")


async def result(answer: Answer, base: str, query: SavedQuery | None = None) -> Result:
    """Read an answer for a page; what is too large is said to be so."""
    body = await collect(answer, _MOST_BYTES)
    return TOO_LARGE if body is None else result_in(answer.kind, body, base, query)


def result_in(kind: Kind, body: bytes, base: str, query: SavedQuery | None = None) -> Result:
    """Read the bytes of an answer for a page."""
    if kind == "graph":
        return _graph_rows(body, base)
    told = json.loads(body)
    if kind == "boolean":
        return Said("boolean", "Yes." if told["boolean"] else "No.")
    return _rows(told, base, query)


def _graph_rows(body: bytes, base: str) -> Rows:
    triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
    rows = tuple(
        (_cell(t.subject, base), _cell(t.predicate, base), _cell(t.object, base))
        for t in triples[:MOST_ROWS]
    )
    return Rows(("subject", "predicate", "object"), rows, len(triples))


def _rows(told: Mapping[str, Any], base: str, query: SavedQuery | None) -> Rows:
    names: list[str] = told["head"]["vars"]
    shown = [name for name in names if not (name.endswith("Label") and name[:-5] in names)]
    bindings: list[dict[str, Any]] = told["results"]["bindings"]
    rows = tuple(
        tuple(_bound(row, name, base, query) for name in shown) for row in bindings[:MOST_ROWS]
    )
    headings = tuple(_heading(name, query) for name in shown)
    return Rows(headings, rows, len(bindings))


def _heading(name: str, query: SavedQuery | None) -> str:
    column = query.columns.get(name) if query else None
    return (column.label if column else "") or name


def _bound(row: Mapping[str, Any], name: str, base: str, query: SavedQuery | None) -> Cell:
    """Show a value: under its label where the row has one, linked where it is an IRI."""
    if name not in row:
        return Cell("")
    term = row[name]
    label = row.get(f"{name}Label", {}).get("value")
    if term["type"] == "uri":
        return _named(term["value"], base, label)
    column = query.columns.get(name) if query else None
    target = row.get(str(column.link), {}) if column and column.link else {}
    href = address(target["value"], base) if target.get("type") == "uri" else ""
    return Cell(_text(term), href, term.get("xml:lang", ""), _datatype(term, base))


def _text(term: Mapping[str, Any]) -> str:
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    if term["type"] == "triple":
        parts = (term["value"][part]["value"] for part in ("subject", "predicate", "object"))
        return " ".join(map(str, parts))
    return str(term["value"])


def _datatype(term: Mapping[str, Any], base: str) -> str:
    return compact(term["datatype"], base) if "datatype" in term else ""


def _named(iri: str, base: str, label: str | None = None) -> Cell:
    return Cell(label or compact(iri, base), address(iri, base), "", iri)


def _cell(term: object, base: str) -> Cell:
    if isinstance(term, ox.NamedNode):
        return _named(term.value, base)
    if isinstance(term, ox.Literal):
        return Cell(term.value, "", term.language or "", compact(term.datatype.value, base))
    return Cell(str(term))


# The ontology


async def ontology(request: Request) -> Response:
    """Show the terms of the ontology with their definitions."""
    found: dict[str, Mapping[str, str]] = {}
    for row in await ask(request, _ONTOLOGY):
        if row["term"] not in found or row["language"] == "en":
            found[row["term"]] = row
    own = [{**row, "name": local(iri)} for iri, row in found.items()]
    own.sort(key=lambda term: term["name"].lower())
    return await page(request, "ontology.html", terms=own)
