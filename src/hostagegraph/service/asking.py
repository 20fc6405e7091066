"""A question of the service's own in, its rows out; kept, since a snapshot never changes."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox
from fastapi import Request

from hostagegraph.errors import ResultTooLarge
from hostagegraph.service.answers import collect, entity_tag, run
from hostagegraph.service.serving import serving
from hostagegraph.store import QueryRequest
from hostagegraph.vocabulary import rebased

Row = Mapping[str, str]

_MEDIA: Final = "application/sparql-results+json"
_MOST_BYTES: Final = 8_000_000
_PROLOGUE: Final = """BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <https://w3id.org/hostagegraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
"""


async def ask(request: Request, text: str, things: Iterable[str] = ()) -> list[Row]:
    """Run a SELECT query in a worker; `$THINGS` in it stands for these IRIs.

    A variable that is not bound is an empty text. Raises ResultTooLarge.
    """
    here = serving(request)
    named = " ".join(str(ox.NamedNode(iri)) for iri in things)
    query = rebased(_PROLOGUE, here.base) + text.replace("$THINGS", named)
    tag = entity_tag(here, _MEDIA, query)
    body = here.kept.get(tag)
    if body is None:
        answer = await run(request, here.saved, QueryRequest(query, {"solutions": _MEDIA}))
        body = await collect(answer, _MOST_BYTES)
        if body is None:
            raise ResultTooLarge("this page would be too large; ask a query for a part of it")
        here.kept.put(tag, body)
    told = json.loads(body)
    names: list[str] = told["head"]["vars"]
    return [
        {name: row[name]["value"] if name in row else "" for name in names}
        for row in told["results"]["bindings"]
    ]


def local(iri: str) -> str:
    """Give the last part of an IRI: the name of a term, the local part of a thing."""
    return iri.rpartition("#")[2].rpartition("/")[2]
