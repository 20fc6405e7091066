"""The ontology's files in, its pages in Markdown out: one per term, and an index."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from hostagegraph import vocabulary as v
from hostagegraph.store import select

KINDS = {
    v.OWL_CLASS: "Class",
    v.OWL_OBJECT_PROPERTY: "Object property",
    v.OWL_DATATYPE_PROPERTY: "Datatype property",
    v.SKOS_CONCEPT_SCHEME: "Concept scheme",
}
_CLASSES = (v.OWL_CLASS,)
_PROPERTIES = (v.OWL_OBJECT_PROPERTY, v.OWL_DATATYPE_PROPERTY)
_SCHEMES = (v.SKOS_CONCEPT_SCHEME,)
_MATCHES = {v.SKOS_CLOSE_MATCH: "close match", v.SKOS_RELATED_MATCH: "related match"}


@dataclass(frozen=True, slots=True)
class Ontology:
    """What the files say, in their order: facts forwards and backwards, prefixes, page names."""

    facts: Mapping[str, Mapping[str, list[str]]]
    uses: Mapping[tuple[str, str], list[str]]
    prefixes: Mapping[str, str]

    @property
    def iri(self) -> str:
        """Name the ontology itself."""
        return self.pointing(v.RDF_TYPE, v.OWL_ONTOLOGY)[0]

    def all(self, term: str, predicate: str) -> list[str]:
        """List the values of a predicate."""
        return self.facts.get(term, {}).get(predicate, [])

    def one(self, term: str, predicate: str) -> str:
        """Give the first value of a predicate, or nothing."""
        return next(iter(self.all(term, predicate)), "")

    def pointing(self, predicate: str, value: str) -> list[str]:
        """List the terms that have this value."""
        return self.uses.get((predicate, value), [])

    def typed(self, kinds: Iterable[str]) -> list[str]:
        """List the terms of these kinds."""
        return [term for term in self.facts if self.one(term, v.RDF_TYPE) in kinds]

    def ancestors(self, term: str, predicate: str) -> list[str]:
        """List all parents of a term, nearest first."""
        found: list[str] = []
        level = [term]
        while level:
            level = [up for one in level for up in self.all(one, predicate) if up not in found]
            found += level
        return found

    def is_own(self, iri: str) -> bool:
        """Tell whether an IRI is a term of this ontology."""
        return iri.startswith(f"{self.iri}#")

    def name(self, iri: str) -> str:
        """Shorten an IRI: an own term to its name, another to prefix and name."""
        if self.is_own(iri):
            return iri.removeprefix(f"{self.iri}#")
        short = (
            f"{prefix}:{iri.removeprefix(namespace)}"
            for prefix, namespace in self.prefixes.items()
            if iri.startswith(namespace)
        )
        return next(short, iri)

    def page(self, iri: str) -> str:
        """Name the page of a term; the property `person` makes room for the class `Person`."""
        name = self.name(iri)
        twin = f"{self.iri}#{name[0].upper()}{name[1:]}"
        return f"{name}-property.md" if twin != iri and twin in self.facts else f"{name}.md"


def read_ontology(folder: Path) -> Ontology:
    """Read the terms, the schemes and the alignments in a folder."""
    files = [folder / "hostagegraph.ttl", folder / "alignments.ttl"]
    facts: dict[str, dict[str, list[str]]] = {}
    uses: dict[tuple[str, str], list[str]] = {}
    prefixes: dict[str, str] = {}
    for file in [*files, *sorted((folder / "schemes").glob("*.ttl"))]:
        quads = parse(path=file, format=RdfFormat.TURTLE)
        for quad in quads:
            term, predicate, value = (_value(part) for part in quad.triple)
            facts.setdefault(term, {}).setdefault(predicate, []).append(value)
            uses.setdefault((predicate, value), []).append(term)
        prefixes |= quads.prefixes
    return Ontology(facts, uses, prefixes)


def ontology_pages(folder: Path, uses: Mapping[str, str] | None = None) -> dict[str, str]:
    """Write a page for each class, property and scheme, and an index: file name to Markdown.

    `uses` gives, for the IRI of a class, how the data use it; see `uses_in`.
    """
    ontology = read_ontology(folder)
    pages = {"index.md": index_page(ontology)}
    for kinds, write in _WRITERS.items():
        pages |= {ontology.page(term): write(ontology, term) for term in ontology.typed(kinds)}
    for term, use in (uses or {}).items():
        if term in ontology.facts:
            pages[ontology.page(term)] += f"\n> In the data: {use}\n"
    return pages


def uses_in(store: Store) -> dict[str, str]:
    """Give one use of each class in the data, by the IRI of the class: its name and IRI.

    A situation goes by the gist of its claim, so that nobody reads it as a fact.
    """
    first: dict[str, tuple[str, str]] = {}
    for row in select(store, _USES):
        kind, thing, text = (getattr(row[name], "value", "") for name in ("kind", "thing", "text"))
        first[kind] = min(first.get(kind, (thing, text)), (thing, text))
    return {
        kind: f"{text} (<{thing}>)" if text else f"<{thing}>"
        for kind, (thing, text) in first.items()
    }


_USES: Final = """PREFIX hg: <https://w3id.org/hostagegraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?kind ?thing ?text WHERE {
  ?thing a ?kind .
  FILTER NOT EXISTS { ?thing rdfs:isDefinedBy ?home }
  OPTIONAL { ?thing rdfs:label|hg:gist|hg:descriptor ?name . FILTER ( LANG(?name) = "en" ) }
  OPTIONAL { ?claim hg:content ?thing ; hg:gist ?gist . FILTER ( LANG(?gist) = "en" ) }
  OPTIONAL {
    ?thing hg:ofClaim|^hg:allegation ?of . ?of hg:gist ?part .
    FILTER ( LANG(?part) = "en" )
  }
  BIND ( COALESCE(?gist, ?name, ?part, "") AS ?text )
}"""


def class_page(ontology: Ontology, term: str) -> str:
    """Write the page of a class."""
    rows = {
        "Subclass of": _links(ontology, ontology.ancestors(term, v.RDFS_SUB_CLASS_OF)),
        "Subclasses": _links(ontology, ontology.pointing(v.RDFS_SUB_CLASS_OF, term)),
        "Properties": _links(ontology, ontology.pointing(v.RDFS_DOMAIN, term)),
        "Used by": _links(ontology, ontology.pointing(v.RDFS_RANGE, term)),
    }
    return _page(ontology, term, rows)


def property_page(ontology: Ontology, term: str) -> str:
    """Write the page of a property."""
    inverse = ontology.all(term, v.OWL_INVERSE_OF) + ontology.pointing(v.OWL_INVERSE_OF, term)
    rows = {
        "Domain": _links(ontology, ontology.all(term, v.RDFS_DOMAIN)) or "any",
        "Range": _range(ontology, term),
        "Cardinality": _cardinality(ontology, term),
        "Subproperty of": _links(ontology, ontology.ancestors(term, v.RDFS_SUB_PROPERTY_OF)),
        "Subproperties": _links(ontology, ontology.pointing(v.RDFS_SUB_PROPERTY_OF, term)),
        "Inverse of": _links(ontology, inverse),
    }
    return _page(ontology, term, rows)


def scheme_page(ontology: Ontology, term: str) -> str:
    """Write the page of a scheme, with its values."""
    rows = {"Values of": _links(ontology, ontology.pointing(v.RDFS_SEE_ALSO, term))}
    values = (
        (
            f"`{ontology.name(value)}`",
            _definition(ontology, value),
            ontology.one(value, v.SKOS_EXAMPLE),
            _matches(ontology, value),
        )
        for value in ontology.all(term, v.SKOS_HAS_TOP_CONCEPT)
    )
    table = _table(("Value", "Definition", "Example", "Alignment"), values)
    return _joined((_page(ontology, term, rows), "## Values", table))


def index_page(ontology: Ontology) -> str:
    """Write the index: classes as a tree, properties by domain, schemes with their values."""
    roots = [c for c in ontology.typed(_CLASSES) if not _own_parents(ontology, c)]
    return _joined(
        (
            f"# {ontology.one(ontology.iri, v.DCTERMS_TITLE)}",
            f"Version {ontology.one(ontology.iri, v.OWL_VERSION_INFO)} · <{ontology.iri}>",
            ontology.one(ontology.iri, v.DCTERMS_DESCRIPTION),
            "## Classes",
            "\n".join(line for root in roots for line in _tree(ontology, root)),
            "## Properties",
            *_properties_by_domain(ontology),
            "## Schemes",
            _table(
                ("Scheme", "Values"),
                ((_link(ontology, s), _values(ontology, s)) for s in ontology.typed(_SCHEMES)),
            ),
        )
    )


_WRITERS: Mapping[tuple[str, ...], Callable[[Ontology, str], str]] = {
    _CLASSES: class_page,
    _PROPERTIES: property_page,
    _SCHEMES: scheme_page,
}


def _page(ontology: Ontology, term: str, rows: Mapping[str, str]) -> str:
    kind = next(KINDS[kind] for kind in ontology.all(term, v.RDF_TYPE) if kind in KINDS)
    example = ontology.one(term, v.SKOS_EXAMPLE)
    last = {"Alignment": _matches(ontology, term), "Home": f"<{term}>"}
    paragraphs = (
        f"# {ontology.name(term)}",
        f"*{kind}*: {ontology.one(term, v.RDFS_LABEL)}",
        _definition(ontology, term),
        f"> Example: {example}" if example else "",
        "\n".join(f"- **{key}**: {text}" for key, text in {**rows, **last}.items() if text),
    )
    return _joined(paragraphs)


def _properties_by_domain(ontology: Ontology) -> Iterator[str]:
    properties = ontology.typed(_PROPERTIES)
    for domain in [*ontology.typed(_CLASSES), ""]:
        group = [p for p in properties if ontology.one(p, v.RDFS_DOMAIN) == domain]
        if group:
            yield f"### {_link(ontology, domain) if domain else 'Any'}"
            yield _table(
                ("Property", "Range", "Card.", "Definition"),
                (
                    (
                        _link(ontology, p),
                        _links(ontology, _targets(ontology, p)) or "any",
                        _cardinality(ontology, p),
                        _definition(ontology, p),
                    )
                    for p in group
                ),
            )


def _tree(ontology: Ontology, term: str, depth: int = 0) -> Iterator[str]:
    yield f"{'  ' * depth}- {_link(ontology, term)}: {_definition(ontology, term)}"
    for child in ontology.pointing(v.RDFS_SUB_CLASS_OF, term):
        yield from _tree(ontology, child, depth + 1)


def _own_parents(ontology: Ontology, term: str) -> list[str]:
    return [up for up in ontology.all(term, v.RDFS_SUB_CLASS_OF) if ontology.is_own(up)]


def _definition(ontology: Ontology, term: str) -> str:
    note = ontology.one(term, v.SKOS_EDITORIAL_NOTE)
    return " ".join(filter(None, (ontology.one(term, v.SKOS_DEFINITION), note)))


def _targets(ontology: Ontology, term: str) -> list[str]:
    return ontology.all(term, v.RDFS_SEE_ALSO) or ontology.all(term, v.RDFS_RANGE)


def _range(ontology: Ontology, term: str) -> str:
    schemes = ontology.all(term, v.RDFS_SEE_ALSO)
    coded = (f"{_link(ontology, scheme)}: {_values(ontology, scheme)}" for scheme in schemes)
    return "; ".join(coded) or _links(ontology, ontology.all(term, v.RDFS_RANGE)) or "any"


def _values(ontology: Ontology, scheme: str) -> str:
    values = ontology.all(scheme, v.SKOS_HAS_TOP_CONCEPT)
    return " ".join(f"`{ontology.name(value)}`" for value in values)


def _cardinality(ontology: Ontology, term: str) -> str:
    note = ontology.one(term, v.SKOS_SCOPE_NOTE)
    return note.removeprefix("Cardinality: ").removesuffix(".")


def _matches(ontology: Ontology, term: str) -> str:
    found = {words: ontology.all(term, predicate) for predicate, words in _MATCHES.items()}
    return "; ".join(f"{words} {_links(ontology, to)}" for words, to in found.items() if to)


def _links(ontology: Ontology, terms: Iterable[str]) -> str:
    return ", ".join(_link(ontology, term) for term in terms)


def _link(ontology: Ontology, term: str) -> str:
    name = ontology.name(term)
    return f"[{name}]({ontology.page(term)})" if ontology.is_own(term) else f"`{name}`"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *([_cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _joined(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(text.strip() for text in paragraphs if text) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _value(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term) if isinstance(term, Triple) else term.value
