"""Accept header in, media type out."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from starlette.requests import Request

from hostagegraph.store import GRAPH_FORMATS, SOLUTION_FORMATS, Kind

HTML: Final = "text/html"
JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"

SUFFIXES: Final[Mapping[str, str]] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
}

# Names by which a client may also ask for a format; the answer carries the format's own name.
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "application/sparql-results+json": (JSON,),
    "application/sparql-results+xml": ("application/xml", "text/xml"),
    "application/ld+json": (JSON,),
    "application/rdf+xml": ("application/xml", "text/xml"),
    "text/turtle": ("application/x-turtle",),
    PROBLEM: (JSON,),
}
_RANGE = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:/([!#$%&'*+.^_`|~0-9A-Za-z-]+))?\s*")
_QUALITY = re.compile(r"\s*[qQ]\s*=\s*([01](?:\.[0-9]*)?|\.[0-9]+)\s*")
_PART = re.compile(r'(?:[^,;"]|"(?:[^"\\]|\\.)*+"?)++|[,;]', re.DOTALL)
_MOST_RANGES = 64
_REMEMBERED: Final = 1024
_SHORT: Final = 256


def accepted(request: Request) -> str | None:
    """Read what a client accepts; the header may come in several lines."""
    lines = request.headers.getlist("accept")
    return ", ".join(lines) if lines else None


def choose(accept: str | None, offers: tuple[str, ...]) -> str | None:
    """Pick the offer that the client likes best, the first among equals; None if it likes none.

    >>> offers = ("application/sparql-results+json", "text/csv")
    >>> choose(None, offers), choose("text/csv, */*;q=0.1", offers), choose("image/png", offers)
    ('application/sparql-results+json', 'text/csv', None)
    """
    if len(accept or "") <= _SHORT:
        return _chosen_before(accept, offers)
    return _choose(accept, offers)


def _choose(accept: str | None, offers: tuple[str, ...]) -> str | None:
    ranges = _ranges(accept or "*/*")
    likings = [(_liking(ranges, offer), -place, offer) for place, offer in enumerate(offers)]
    liking, _, offer = max(likings)
    return offer if liking > 0 else None


_chosen_before = lru_cache(_REMEMBERED)(_choose)  # programs send few different headers


def result_formats(accept: str | None) -> dict[Kind, str | None]:
    """Pick a media type for each kind of result.

    >>> result_formats("text/turtle")
    {'solutions': None, 'boolean': None, 'graph': 'text/turtle'}
    """
    rows = choose(accept, tuple(SOLUTION_FORMATS))
    return {"solutions": rows, "boolean": rows, "graph": choose(accept, tuple(GRAPH_FORMATS))}


def offered(kind: Kind) -> tuple[str, ...]:
    """List the media types for one kind of result, the default first."""
    return tuple(GRAPH_FORMATS if kind == "graph" else SOLUTION_FORMATS)


def wants_page(accept: str | None) -> bool:
    """Tell whether the client is a browser, or another reader of HTML.

    >>> wants_page("text/html,application/xml;q=0.9,*/*;q=0.8"), wants_page("*/*")
    (True, False)
    """
    return choose(accept, (PROBLEM, *SOLUTION_FORMATS, *GRAPH_FORMATS, HTML)) == HTML


def _ranges(accept: str) -> dict[str, float]:
    """Read the media ranges of a header; what is not well formed is passed over."""
    found: dict[str, float] = {}
    for name, *parameters in _parts(accept)[:_MOST_RANGES]:
        match = _RANGE.fullmatch(name)
        if match is None or (match[2] is None and match[1] != "*"):
            continue
        quality = next((q for text in parameters if (q := _quality(text)) is not None), 1.0)
        media = f"{match[1]}/{match[2] or '*'}".lower()
        found[media] = max(quality, found.get(media, 0.0))
    return found


def _parts(accept: str) -> list[list[str]]:
    """Cut a header at its commas, and each part at its semicolons, but not within quotes."""
    parts = [[""]]
    for piece in _PART.findall(accept):
        if piece == ",":
            parts.append([""])
        elif piece == ";":
            parts[-1].append("")
        else:
            parts[-1][-1] += piece
    return parts


def _quality(parameter: str) -> float | None:
    if not parameter.strip().lower().startswith("q"):
        return None
    match = _QUALITY.fullmatch(parameter)
    return min(float(match[1]), 1.0) if match else 0.0


def _liking(ranges: Mapping[str, float], offer: str) -> float:
    """Weigh an offer by the most specific range that covers it."""
    whole_type = offer.partition("/")[0] + "/*"
    for name in (offer, *_ALSO.get(offer, ()), whole_type, "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0
