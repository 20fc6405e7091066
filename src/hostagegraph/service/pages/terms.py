"""The terms of the ontology in, their page out: classes, properties, and values by scheme."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response

from hostagegraph.service.asking import ask, local
from hostagegraph.service.pages import layout
from hostagegraph.vocabulary import CLASSES, PROPERTIES, SCHEMES

_ONTOLOGY: Final = """SELECT ?term ?label ?language ?definition WHERE {
  GRAPH <graph/ontology> { ?term rdfs:label|skos:prefLabel ?label }
  FILTER (STRSTARTS(STR(?term), STR(hg:)))
  BIND (LANG(?label) AS ?language)
  OPTIONAL { ?term skos:definition|rdfs:comment ?definition
    FILTER (LANG(?definition) IN ("en", "")) }
} ORDER BY ?term ?language ?label"""


Term = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of one kind under a head; `scheme` is the term that holds values together."""

    slug: str
    title: str
    scheme: Term | None
    terms: Sequence[Term]


async def page(request: Request) -> Response:
    """Show the terms of the ontology with their definitions."""
    found: dict[str, Term] = {}
    for row in await ask(request, _ONTOLOGY):
        if row["term"] not in found or row["language"] == "en":
            found[row["term"]] = row
    own = {local(iri): {**row, "name": local(iri)} for iri, row in found.items()}
    return await layout.page(request, "ontology.html", groups=[*_groups(own)])


def _groups(own: Mapping[str, Term]) -> Iterator[Group]:
    """Put the terms under classes, properties and schemes; a scheme is the head of its values."""
    yield Group("classes", "Classes", None, _sorted(own, CLASSES))
    yield Group("properties", "Properties", None, _sorted(own, PROPERTIES))
    schemes = [name for name in SCHEMES if name in own]
    for name in sorted(schemes, key=lambda each: own[each]["label"].lower()):
        yield Group(name, f"Values of {own[name]['label']}", own[name], _sorted(own, SCHEMES[name]))
    told = {
        *CLASSES,
        *PROPERTIES,
        *SCHEMES,
        *(each for values in SCHEMES.values() for each in values),
    }
    yield Group("others", "Other terms", None, _sorted(own, own.keys() - told))


def _sorted(own: Mapping[str, Term], names: Iterable[str]) -> Sequence[Term]:
    found = [own[name] for name in names if name in own]
    return sorted(found, key=lambda term: (term["label"].lower(), term["name"]))
