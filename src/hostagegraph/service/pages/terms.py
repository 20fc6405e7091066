"""The terms of the ontology in, their page out."""

from collections.abc import Mapping
from typing import Final

from fastapi import Request, Response

from hostagegraph.service.asking import ask, local
from hostagegraph.service.pages import layout

_ONTOLOGY: Final = """SELECT ?term ?label ?language ?definition WHERE {
  GRAPH <graph/ontology> { ?term rdfs:label|skos:prefLabel ?label }
  FILTER (STRSTARTS(STR(?term), STR(hg:)))
  BIND (LANG(?label) AS ?language)
  OPTIONAL { ?term skos:definition|rdfs:comment ?definition
    FILTER (LANG(?definition) IN ("en", "")) }
} ORDER BY ?term ?language ?label"""


async def page(request: Request) -> Response:
    """Show the terms of the ontology with their definitions."""
    found: dict[str, Mapping[str, str]] = {}
    for row in await ask(request, _ONTOLOGY):
        if row["term"] not in found or row["language"] == "en":
            found[row["term"]] = row
    own = [{**row, "name": local(iri)} for iri, row in found.items()]
    own.sort(key=lambda term: term["name"].lower())
    return await layout.page(request, "ontology.html", terms=own)
