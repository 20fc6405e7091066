"""One thing in, its page out: whatever is disputed stands beside the voice that says it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from fastapi import Request, Response

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.days import day_of
from hostagegraph.service.accounts.iris import address
from hostagegraph.service.accounts.languages import called
from hostagegraph.service.accounts.leaks import path_of
from hostagegraph.service.accounts.names import names, terms
from hostagegraph.service.accounts.neighbours import Neighbours, neighbours
from hostagegraph.service.accounts.sections import sections_of
from hostagegraph.service.accounts.things import Thing, things
from hostagegraph.service.asking import ask, local
from hostagegraph.service.drawing.strip import claims_along, texts_of
from hostagegraph.service.pages import layout
from hostagegraph.service.problems import NotFound
from hostagegraph.service.serving import serving

# Classes that have narrower ones, the narrowest first.
_WIDE: Final = (
    *("Institution", "UnnamedSource", "Interpretation", "ReportedState", "ReportedEvent"),
    *("Attribution", "ReportedSituation", "Agent"),
)
_UNDATED: Final = dict.fromkeys(("basis", "startMin", "startMax", "endMin", "endMax"), "")
_PAGE: Final = re.compile(r"[1-9]\d{0,4}")
_RELATIONS: Final = """SELECT ?relation ?type ?judge ?from ?to WHERE {
  VALUES ?claim { $THINGS }
  { ?relation hg:fromClaim ?claim } UNION { ?relation hg:toClaim ?claim }
  ?relation hg:fromClaim ?from ; hg:toClaim ?to ; hg:relationType ?type ; hg:judgedBy ?judge .
} ORDER BY ?relation"""
_CLAIMS: Final = """SELECT ?claim WHERE {
  VALUES ?thing { $THINGS } ?claim hg:content ?thing ; hg:gist ?gist
} ORDER BY ?claim"""
_CONVEYED: Final = """SELECT ?statement WHERE {
  VALUES ?claim { $THINGS } ?statement hg:conveys ?claim
} ORDER BY ?statement"""
_ORIGINS: Final = """SELECT ?claim WHERE {
  VALUES ?statement { $THINGS }
  ?origin hg:originatedStatement ?statement . ?claim hg:content ?origin
} ORDER BY ?claim"""

# Where the masthead has a place for such things.
_PLACES: Final = {
    **dict.fromkeys(("Mandate", "MandateState", "MandateEvent"), "/mandates"),
    "SourceWork": "/about",
}

Values = Mapping[str, Any]


async def entity(request: Request, iri: str) -> Response:
    """Show one thing of the data."""
    thing = (await things(request, [iri]))[iri]
    template, of_kind = next(
        (found for kind, found in _KINDS.items() if kind in thing.kinds or kind in thing.values),
        ("thing.html", _plain),
    )
    values = await of_kind(request, thing)
    known = await terms(request)
    return await layout.page(
        request,
        template,
        thing=thing,
        iri=iri,
        path=address(iri, serving(request).base),
        kind=known.get(_kind(thing), "thing"),
        place=_PLACES.get(_kind(thing), ""),
        **values,
    )


def _kind(thing: Thing) -> str:
    """Find the narrowest class by name: the wide ones are in every description."""
    narrow = sorted(thing.kinds - set(_WIDE))
    return next(iter(narrow or sorted(thing.kinds, key=_WIDE.index)), "")


async def _around(request: Request, thing: Thing, *without: str) -> Neighbours:
    """Find where a thing is named, as the address asks: `?part=` and `?page=`."""
    part = request.query_params.get("part", "")
    return await neighbours(request, thing.name.iri, part, _number(request), without)


def _number(request: Request) -> int:
    """Read which page is asked for. Raises NotFound."""
    number = request.query_params.get("page", "1")
    if not _PAGE.fullmatch(number):
        raise NotFound("pages are counted from 1")
    return int(number)


async def _plain(request: Request, thing: Thing) -> Values:
    return {"around": await _around(request, thing)}


async def _asked(request: Request, thing: Thing) -> Values:
    name = local(thing.name.iri)
    forms = (thing.text(form) for form in ("select", "construct", "ask"))
    known = any(query.name == name for query in serving(request).catalogue.queries)
    return {"name": name, "known": known, "text": next(filter(None, forms), "")}


async def _claim(request: Request, thing: Thing) -> Values:
    iri = thing.name.iri
    claim = (await told(request, [iri])).get(iri)
    if claim is None:
        raise NotFound("of this claim only parts are recorded")
    content = (await things(request, [claim.content.iri]))[claim.content.iri]
    links = await ask(request, _RELATIONS, [iri])
    same = [row["claim"] for row in await ask(request, _CLAIMS, [claim.content.iri])]
    conveyed = [row["statement"] for row in await ask(request, _CONVEYED, [iri])]
    tied = {row[end] for row in links for end in ("from", "to")}
    others = [*tied, *same]
    related = await told(request, [other for other in others if other != iri])
    judges = await names(request, [row["judge"] for row in links] + conveyed)
    words = await terms(request)
    return {
        "claim": claim,
        "content": content,
        "relations": [
            (
                words.get(row["type"].rpartition("#")[2], ""),
                row["from"] == iri,
                judges[row["judge"]],
                related[row["to"] if row["from"] == iri else row["from"]],
            )
            for row in links
            if (row["to"] if row["from"] == iri else row["from"]) in related
        ],
        "same": [related[other] for other in same if other in related and other not in tied],
        "section": (await sections_of(request, [iri]))[iri],
        "conveyed": [judges[statement] for statement in conveyed],
        "texts": await texts_of(request, claim.source.iri),
        "around": await _around(request, thing, "sayings"),
        "islands": ("src/copy.ts",),
    }


async def _situation(request: Request, thing: Thing) -> Values:
    iri = thing.name.iri
    claims = await _told_of(request, _CLAIMS, iri)
    values: dict[str, Any] = {"claims": claims, "origins": (), "said": (), "leak": None}
    if "Statement" in thing.kinds:
        values["origins"] = await _told_of(request, _ORIGINS, iri)
        said = await told(request, [name.iri for name in thing.named("conveys")])
        values["said"] = list(said.values())
    if "Leak" in thing.kinds:
        values["leak"] = await path_of(request, iri)
    without = ("behind", "conveyed") if values["said"] else ("behind",)
    return values | {"around": await _around(request, thing, *without)}


async def _told_of(request: Request, query: str, iri: str) -> list[Told]:
    rows = await ask(request, query, [iri])
    return list((await told(request, [row["claim"] for row in rows])).values())


async def _passage(request: Request, thing: Thing) -> Values:
    selectors = await things(request, [each.iri for each in thing.named("hasSelector")])

    def found(name: str) -> str:
        return next(filter(None, (each.text(name) for each in selectors.values())), "")

    return {
        "span": [found(name) for name in ("start", "end")],
        "digest": found("digest"),
        "around": await _around(request, thing),
    }


async def _source(request: Request, thing: Thing) -> Values:
    iri = thing.name.iri
    return {
        "texts": await texts_of(request, iri),
        "issued": day_of(_UNDATED | {"when": thing.text("issued")}).text,
        "spoken": called(thing.text("language")),
        "along": await claims_along(request, iri, _number(request)),
        "islands": ("src/strip.ts",),
    }


_KINDS: Final[Mapping[str, tuple[str, Callable[[Request, Thing], Awaitable[Values]]]]] = {
    "Claim": ("claim.html", _claim),
    "ReportedSituation": ("situation.html", _situation),
    "SourceWork": ("source.html", _source),
    "Agent": ("agent.html", _plain),
    "Passage": ("passage.html", _passage),
    # A saved query is of no class of the ontology; its text tells what it is.
    **dict.fromkeys(("select", "construct", "ask"), ("asked.html", _asked)),
}
