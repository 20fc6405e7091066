"""Results and descriptions in, HTML for people out: everything that was said is escaped."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jinja2
import pyoxigraph as ox
from fastapi import Request, Response

from hostagegraph import __version__
from hostagegraph.queries import SavedQuery
from hostagegraph.service import hints
from hostagegraph.service.answers import collect, data_headers
from hostagegraph.service.negotiation import SUFFIXES, offered
from hostagegraph.service.problems import Problem
from hostagegraph.service.serving import serving
from hostagegraph.store import Kind
from hostagegraph.vocabulary import RDF_TYPE, RDFS_LABEL
from hostagegraph.workers import Answer

FORMATS: Final[Mapping[Kind, str | None]] = {
    "solutions": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples",
}
MOST_ROWS: Final = 500
MOST_MENTIONS: Final = 50
_MOST_BYTES: Final = 4_000_000
_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.ASCII)
_LONGEST_CHAIN: Final = 32
_OFFSETS: Final = re.compile(r"(\d+)-(\d+)$")
_LANGUAGES: Final = ("en", "")


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


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of an attribution chain, and the voices it relays."""

    who: Cell
    stance: Cell
    form: Cell | None
    passages: tuple[Cell, ...]
    relays: tuple["Voice", ...]


def environment() -> jinja2.Environment:
    """Make the template engine; it escapes every value."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(request: Request, template: str, **values: Any) -> Response:
    """Fill a template with what every page says and with values of its own."""
    here = serving(request)
    common = {"data": here.snapshot.name, "program": __version__, "drafts": drafts(request)}
    body = here.pages.get_template(template).render(
        **{"query": "", "result": None, "hint": "", "links": (), **common, **values}
    )
    return Response(body, media_type="text/html; charset=utf-8", headers=data_headers(here))


def problem_page(request: Request, problem: Problem) -> Response:
    """Tell a failure to a person."""
    response = page(request, "problem.html", problem=problem.members)
    response.status_code = problem.status
    response.headers.update(problem.headers)
    return response


def drafts(request: Request) -> int:
    """Count the claims that nobody has read a second time."""
    return int(serving(request).snapshot.manifest.counts.get("drafts", 0))


def first_query(base: str) -> str:
    """Propose a first query: claims, with who says so."""
    return f"""PREFIX hg: <{base}ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?claim ?gist ?says ?saysLabel WHERE {{
  ?claim a hg:Claim ; hg:gist ?gist ; hg:attribution ?link .
  ?link hg:assertor ?says .
  OPTIONAL {{ ?says rdfs:label ?saysLabel }}
}} LIMIT 20
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


async def result(answer: Answer, base: str, query: SavedQuery | None = None) -> Result:
    """Read an answer for a page; what is too large is said to be so."""
    kind = answer.kind
    body = await collect(answer, _MOST_BYTES)
    if body is None:
        return Said("large", "The result is too large for a page; take it in another format.")
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


# IRIs


def address(iri: str, base: str) -> str:
    """Find where an IRI leads: things of the data to this service, others to the web.

    >>> address("https://example.org/id/agent/a", "https://example.org/")
    '/id/agent/a'
    >>> address("javascript:alert(1)", "https://example.org/")
    ''
    """
    if iri.startswith(f"{base}ns#"):
        return f"/ns#{iri.removeprefix(f'{base}ns#')}"
    for folder in ("id/", "ns"):
        if iri.startswith(base + folder):
            return "/" + iri.removeprefix(base)
    return iri if _WEB.match(iri) else ""


def compact(iri: str, base: str) -> str:
    """Write an IRI as people do.

    >>> compact("https://example.org/id/agent/a", "https://example.org/")
    'agent/a'
    >>> compact("http://www.w3.org/2001/XMLSchema#date", "https://example.org/")
    'xsd:date'
    """
    if iri.startswith(f"{base}id/"):
        return iri.removeprefix(f"{base}id/")
    for prefix, namespace in hints.prefixes(base).items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _named(iri: str, base: str, label: str | None = None) -> Cell:
    return Cell(label or compact(iri, base), address(iri, base), "", iri)


def _cell(term: object, base: str, labels: Mapping[str, Cell] | None = None) -> Cell:
    if isinstance(term, ox.NamedNode):
        known = (labels or {}).get(term.value)
        return _named(term.value, base, known.text if known else None)
    if isinstance(term, ox.Literal):
        return Cell(term.value, "", term.language or "", compact(term.datatype.value, base))
    return Cell(str(term))


# One thing


class _Facts:
    """The triples of a description, by subject."""

    def __init__(self, triples: Iterable[ox.Triple], base: str) -> None:
        self.base = base
        self._by_subject: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode):
                values = self._by_subject[triple.subject.value]
                values[triple.predicate.value].append(triple.object)
        self.labels = {iri: label for iri in self._by_subject if (label := self._label(iri))}

    def values(self, subject: str, predicate: str) -> list[Any]:
        return self._by_subject.get(subject, {}).get(predicate, [])

    def of(self, subject: str) -> Mapping[str, Sequence[Any]]:
        return self._by_subject.get(subject, {})

    def term(self, name: str) -> str:
        return f"{self.base}ns#{name}"

    def subjects(self, predicate: str, value: str) -> list[str]:
        return sorted(
            subject
            for subject, facts in self._by_subject.items()
            if any(getattr(each, "value", None) == value for each in facts.get(predicate, ()))
        )

    def cell(self, term: object) -> Cell:
        return _cell(term, self.base, self.labels)

    def name(self, iri: str) -> Cell:
        return self.labels.get(iri) or Cell(compact(iri, self.base))

    def _label(self, iri: str) -> Cell | None:
        for predicate in (RDFS_LABEL, self.term("gist"), self.term("descriptor")):
            texts = [each for each in self.values(iri, predicate) if isinstance(each, ox.Literal)]
            if texts:
                best = min(texts, key=_by_language)
                return Cell(best.value, "", best.language or "")
        return None


def _by_language(text: ox.Literal) -> tuple[int, str]:
    language = text.language or ""
    known = _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
    return known, language


def entity(request: Request, iri: str, triples: Sequence[ox.Triple], mentions: Rows) -> Response:
    """Show one thing: its voices beside what it says, then all that is known of it."""
    base = serving(request).base
    facts = _Facts(triples, base)
    claims = facts.subjects(facts.term("content"), iri)
    return page(
        request,
        "entity.html",
        iri=iri,
        path=address(iri, base),
        title=facts.name(iri),
        kinds=_kinds(facts, iri),
        draft=_is_draft(facts, (iri, *claims)),
        claims=[(facts.cell(ox.NamedNode(claim)), _voices(facts, claim)) for claim in claims],
        voices=_voices(facts, iri),
        accused=_accused(facts, iri),
        properties=_properties(facts, iri),
        mentions=mentions,
        most_mentions=MOST_MENTIONS,
    )


def _kinds(facts: _Facts, iri: str) -> list[Cell]:
    own = facts.term("")
    return [facts.cell(kind) for kind in facts.values(iri, RDF_TYPE) if kind.value.startswith(own)]


def _is_draft(facts: _Facts, iris: Iterable[str]) -> bool:
    draft = ox.NamedNode(facts.term("draft"))
    return any(draft in facts.values(iri, facts.term("reviewStatus")) for iri in iris)


def _properties(facts: _Facts, iri: str) -> list[tuple[Cell, list[Cell]]]:
    return [
        (facts.cell(ox.NamedNode(predicate)), [facts.cell(value) for value in values])
        for predicate, values in sorted(facts.of(iri).items())
        if predicate != RDF_TYPE
    ]


def _voices(facts: _Facts, claim: str) -> tuple[Voice, ...]:
    """Draw the chains of a claim, outermost voice first."""
    links = facts.subjects(facts.term("ofClaim"), claim)
    relayed = {inner.value for link in links for inner in facts.values(link, facts.term("relays"))}
    return tuple(_voice(facts, link, frozenset()) for link in links if link not in relayed)


def _voice(facts: _Facts, link: str, above: frozenset[str]) -> Voice:
    def first(name: str) -> Cell | None:
        values = facts.values(link, facts.term(name))
        return facts.cell(values[0]) if values else None

    seen = above | {link}
    inner = [each.value for each in facts.values(link, facts.term("relays"))]
    return Voice(
        first("assertor") or Cell("somebody"),
        first("stance") or Cell("says"),
        first("form"),
        tuple(_passage(facts, each) for each in facts.values(link, facts.term("reportedIn"))),
        tuple(
            _voice(facts, each, seen)
            for each in inner
            if each not in seen and len(seen) < _LONGEST_CHAIN
        ),
    )


def _passage(facts: _Facts, passage: ox.NamedNode) -> Cell:
    """Name a passage by its offsets, which its IRI holds, or by its locator's name."""
    local = passage.value.rpartition("/")[2].removeprefix("p-")
    offsets = _OFFSETS.search(local)
    text = f"characters {offsets[1]} to {offsets[2]}" if offsets else local
    return Cell(text, address(passage.value, facts.base), "", passage.value)


def _accused(facts: _Facts, claim: str) -> list[tuple[Cell, Cell]]:
    """Give each agent whom a claim accuses, with what the source says of that agent's reply."""
    found = []
    for allegation in facts.values(claim, facts.term("allegation")):
        agents = facts.values(allegation.value, facts.term("against"))
        replies = facts.values(allegation.value, facts.term("replyStatus"))
        found += [(facts.cell(a), facts.cell(r)) for a, r in zip(agents, replies, strict=False)]
    return found


# The ontology


def ontology(request: Request, triples: Sequence[ox.Triple]) -> Response:
    """Show the terms of the ontology with their definitions."""
    base = serving(request).base
    facts = _Facts(triples, base)
    own = facts.term("")
    names = {
        triple.subject.value.removeprefix(own)
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(own)
    }
    terms = [(name, facts.name(own + name), _definition(facts, own + name)) for name in names]
    return page(request, "ontology.html", terms=sorted(terms, key=lambda term: term[0].lower()))


def _definition(facts: _Facts, iri: str) -> Cell:
    for predicate in (
        "http://www.w3.org/2004/02/skos/core#definition",
        "http://www.w3.org/2000/01/rdf-schema#comment",
    ):
        texts = [each for each in facts.values(iri, predicate) if isinstance(each, ox.Literal)]
        if texts:
            best = min(texts, key=_by_language)
            return Cell(best.value, "", best.language or "")
    return Cell("")
