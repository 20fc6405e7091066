"""What a page says in, HTML for people out: what every page tells, around what it tells alone."""

import gzip
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import jinja2
from fastapi import Request, Response

from hostagegraph import __version__
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.answers import data_headers
from hostagegraph.service.asking import ask
from hostagegraph.service.pages.assets import codings, tags
from hostagegraph.service.pages.counted import counted
from hostagegraph.service.pages.directions import isolated
from hostagegraph.service.pages.typesetting import typeset
from hostagegraph.service.problems import Problem
from hostagegraph.service.serving import Serving, serving

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
# Pages that belong to a place without lying under it.
_WITHIN: Final = {"/data": "/about", "/ns": "/about"}
_PLACES_OF_FILES: Final = (("/sparql", "Workbench", ""), ("/data", "Data", ""))
_EFFORT: Final = 5  # of gzip: a page of 60 kB takes about a millisecond
_SOURCES: Final = "SELECT ?source WHERE { ?source a hg:SourceWork } ORDER BY ?source LIMIT 4"


def environment() -> jinja2.Environment:
    """Make the template engine; it escapes every value."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"counted": counted, "isolated": isolated, "typeset": typeset}
    return made


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
        "address": _address(request),
        "place": _place(request.url.path),
        "theme": _theme(request),
        "data": here.snapshot.name,
        "program": __version__,
        "drafts": drafts(request),
        "files": here.snapshot.manifest.files,
        "union": here.union,
        "places": _places(here),
        "contact": request.app.state.contact,
        "public_address": here.public_address,
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


def _address(request: Request) -> str:
    """Give the address of the page below the service; its name is the operator's or a script's."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _place(path: str) -> str:
    """Name the place of the masthead to which a page belongs, as far as its address tells."""
    first = "/" + path.split("/")[1]
    return _WITHIN.get(first, first)


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
