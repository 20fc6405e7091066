"""The Graph Store Protocol for reading: `/data?graph=IRI` and `/data?default`."""

from collections.abc import Mapping, Sequence

import pyoxigraph as ox
from fastapi import Request, Response

from hostagegraph.service.answers import kept_or_new
from hostagegraph.service.negotiation import accepted, choose
from hostagegraph.service.problems import BadRequest, NotAcceptable, NotFound
from hostagegraph.service.serving import Serving
from hostagegraph.store import GRAPH_FORMATS, QueryRequest

_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ONE = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"


def names_graph(fields: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether an address names a graph, rather than the list of the dumps."""
    return "graph" in fields or "default" in fields


async def graph(request: Request, here: Serving, fields: Mapping[str, Sequence[str]]) -> Response:
    """Answer with one graph: a named one, or the graph that queries see as the default."""
    text = _query(here, fields)
    media = choose(accepted(request), tuple(GRAPH_FORMATS))
    if media is None:
        raise NotAcceptable(f"a graph is offered as {', '.join(GRAPH_FORMATS)}")
    query = QueryRequest(text, {"graph": media}, union=here.union)
    # Whole graphs may be large: they wait with the ad-hoc queries, not with the saved ones.
    return await kept_or_new(request, here, query, media, here.adhoc)


def _query(here: Serving, fields: Mapping[str, Sequence[str]]) -> str:
    named, default = fields.get("graph", ()), fields.get("default", ())
    if len(named) + len(default) != 1:
        raise BadRequest("name one graph by graph=IRI, or the default graph by default")
    if default:
        if default[0]:
            raise BadRequest("default takes no value")
        return _ALL
    try:
        node = ox.NamedNode(named[0])
    except ValueError as error:
        raise BadRequest(f"graph: not an absolute IRI: {error}") from error
    if node.value not in here.snapshot.manifest.graphs:
        raise NotFound("the data have no such graph; /data lists those they have")
    return _ONE.format(graph=node)
