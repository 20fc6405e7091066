"""A source work in, its claims along its text out: where each passage stands, and its texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from hostagegraph.service.accounts.chains import Told, told
from hostagegraph.service.accounts.iris import address
from hostagegraph.service.accounts.languages import called as language
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.asking import ask
from hostagegraph.service.problems import NotFound
from hostagegraph.service.serving import serving

PAGE: Final = 50
_WIDTH: Final = 1000  # units across the strip
_PLACES: Final = """SELECT ?claim ?passage ?start ?end ?denied ?unnamed WHERE {
  VALUES ?source { $THINGS }
  ?claim hg:inSource ?source ; hg:gist ?gist .
  FILTER (LANG(?gist) = "en")
  OPTIONAL { ?link hg:ofClaim ?claim ; hg:reportedIn ?passage .
    OPTIONAL { ?passage oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end } }
  BIND (EXISTS { ?no hg:ofClaim ?claim ; hg:stance hg:denies } AS ?denied)
  BIND (EXISTS { ?by hg:ofClaim ?claim ; hg:assertor ?who . ?who a hg:UnnamedSource } AS ?unnamed)
} ORDER BY ?start ?claim"""
_TEXTS: Final = """SELECT ?text ?language ?digest ?normalisation ?copy ?publisher ?link WHERE {
  VALUES ?source { $THINGS }
  ?text hg:textOf ?source .
  OPTIONAL { ?text dcterms:language ?language }
  OPTIONAL { ?text hg:digest ?digest }
  OPTIONAL { ?text hg:normalisation ?normalisation }
  OPTIONAL { ?copy hg:copyOf ?text .
    OPTIONAL { ?copy dcterms:publisher ?publisher }
    OPTIONAL { ?copy dcterms:source|<https://schema.org/url>|rdfs:seeAlso ?link } }
} ORDER BY ?text ?copy"""


@dataclass(frozen=True, slots=True)
class Mark:
    """One passage on the strip: where it begins and how wide it is, in thousandths, and whose."""

    x: float
    width: float
    row: int
    href: str
    claims: int
    first: str
    denied: bool
    unnamed: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Along:
    """The claims of a source in the order of its text, a page of them told."""

    marks: Sequence[Mark]
    length: int
    rows: int
    claims: Sequence[Told]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Text:
    """One wording of a source: its language, digest and the copies that are known."""

    href: str
    language: str
    digest: str
    copies: Sequence[str]


async def texts_of(request: Request, source: str) -> Sequence[Text]:
    """List the wordings of a source work."""
    base = serving(request).base
    rows = await ask(request, _TEXTS, [source])
    found: dict[str, Text] = {}
    for row in rows:
        copies = [*(found[row["text"]].copies if row["text"] in found else ()), row["publisher"]]
        found[row["text"]] = Text(
            address(row["text"], base),
            language(row["language"]),
            row["digest"],
            list(filter(None, copies)),
        )
    return list(found.values())


async def claims_along(request: Request, source: str, page: int) -> Along:
    """Put the claims of a source along its text."""
    rows = await ask(request, _PLACES, [source])
    order = list(dict.fromkeys(row["claim"] for row in rows))
    shown = order[(page - 1) * PAGE : page * PAGE]
    if page > 1 and not shown:
        raise NotFound("there are not so many pages")
    base = serving(request).base
    spans: dict[tuple[int, int], dict[str, tuple[bool, bool]]] = {}
    passages: dict[tuple[int, int], str] = {}
    for row in rows:
        if row["start"]:
            at = (int(row["start"]), int(row["end"]))
            passages[at] = address(row["passage"], base)
            span = spans.setdefault(at, {})
            span[row["claim"]] = (row["denied"] == "true", row["unnamed"] == "true")
    length = max((end for _, end in spans), default=1)
    called = await names(request, [next(iter(claims)) for claims in spans.values()])
    marks = _marks(spans, length, passages, called)
    return Along(
        marks,
        length,
        max((mark.row for mark in marks), default=0) + 1,
        list((await told(request, shown)).values()),
        len(order),
        page,
        -(-len(order) // PAGE),
    )


def _marks(
    spans: dict[tuple[int, int], dict[str, tuple[bool, bool]]],
    length: int,
    passages: Mapping[tuple[int, int], str],
    called: Mapping[str, Name],
) -> list[Mark]:
    """Place passages so that those which overlap stand below each other."""
    ends: list[float] = []
    found = []
    for (start, end), claims in sorted(spans.items()):
        x, width = start / length * _WIDTH, max((end - start) / length * _WIDTH - 0.6, 0.8)
        row = next((place for place, taken in enumerate(ends) if taken <= x), len(ends))
        ends[row : row + 1] = [x + width]
        first = next(iter(claims))
        denied = any(each for each, _ in claims.values())
        unnamed = any(each for _, each in claims.values())
        # A passage of one claim leads to it, one of several to the list of them.
        href = called[first].href if len(claims) == 1 else passages[start, end]
        text = called[first].text
        at = (round(x, 2), round(width, 2), row)
        found.append(Mark(*at, href, len(claims), text, denied, unnamed, start, end))
    return found
