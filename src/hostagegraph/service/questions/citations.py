"""A claim or the answer of a saved query in, a citation of it out: never as if it were a fact."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response

from hostagegraph.service import rows
from hostagegraph.service.answers import data_headers
from hostagegraph.service.asked import fields_of
from hostagegraph.service.negotiation import offered
from hostagegraph.service.problems import NotFound
from hostagegraph.service.questions.citing import MEDIA, NOT_ESTABLISHED, Citation
from hostagegraph.service.questions.question import Question, read_question
from hostagegraph.service.questions.results import Whole, whole
from hostagegraph.service.questions.works import Work, works
from hostagegraph.service.serving import Serving, reading, serving
from hostagegraph.voices import Chain, Claim

router = APIRouter()

_TYPES: Final = tuple(media.partition(";")[0] for media in MEDIA.values())


@reading(router, "/cite/{source}/{claim}.{ending}", _TYPES, summary="Cite one claim")
async def cite_claim(request: Request, source: str, claim: str, ending: str) -> Response:
    """Cite a claim with who says so, the source work and the place in its text."""
    here = serving(request)
    found = here.published.voices.get(f"{here.base}id/{source}/{claim}")
    if found is None:
        raise NotFound("the data hold no claim of this name")
    described = await works(request, [found.source])
    work = described.get(found.source, Work(found.source))
    return _written(here, of_claim(found, work, here), ending)


@reading(
    router,
    "/queries/{name}/cite.{ending}",
    _TYPES,
    summary="Cite the answer of a saved query",
)
async def cite_answer(request: Request, name: str, ending: str) -> Response:
    """Cite an answer with its question, the data version, its rows and its digest."""
    here = serving(request)
    query = here.catalogue.get(name)
    question = read_question(query, fields_of(request)).without("receipt")
    media = rows.JSON if query.kind != "graph" else offered(query.kind)[0]
    found = await whole(request, question, media)
    today = datetime.now(UTC).date().isoformat()
    cited = of_answer(question, found, media, here, today)
    return _written(here, cited, ending)


def _written(here: Serving, citation: Citation, ending: str) -> Response:
    if ending not in MEDIA:
        raise NotFound(f"a citation is not offered as .{ending}; try {', '.join(MEDIA)}")
    headers = {**data_headers(here), "Cache-Control": "no-cache", "Content-Type": MEDIA[ending]}
    return Response(citation.written(ending, here.base), headers=headers)


def of_claim(claim: Claim, work: Work, here: Serving) -> Citation:
    """Cite a claim: the chain of voices behind it and any denial stand in the note.

    Where the service has a public address, that leads to the claim, and the note keeps its IRI.
    """
    said = "; ".join(_said(chain) for chain in claim.chains)
    denied = "; ".join(_said(chain, stance=False) for chain in claim.denials)
    note = f"{NOT_ESTABLISHED} Said by {said}."
    if denied:
        note += f" Denied by {denied}."
    url = ""
    if here.public_address:
        url = f"{here.public_address}/{claim.iri.removeprefix(here.base)}"
        note += f" Identified by {claim.iri}."
    voices = (voice.iri for chain in claim.chains for voice in chain.voices)
    return Citation(
        iri=claim.iri,
        kind="entry",
        title=claim.gist,
        note=note,
        version=here.snapshot.name,
        url=url,
        authors=work.authors,
        container=work.title or claim.source_label,
        work=claim.source,
        publisher=work.publisher,
        issued=work.issued,
        locator=_places((*claim.chains, *claim.denials)),
        voices=tuple(dict.fromkeys(voices)),
    )


def of_answer(question: Question, found: Whole, media: str, here: Serving, today: str) -> Citation:
    """Cite an answer: what was asked, how many rows came, and the digest of their bytes."""
    query = question.query
    asked = ", ".join(f"{name}={value}" for name, value in question.fields())
    told = {
        "solutions": f"number of rows {found.count}",
        "graph": f"number of triples {found.count}",
        "boolean": "yes or no",
    }[query.kind]
    digest = hashlib.sha256(found.body).hexdigest()
    note = (
        f"Saved query {query.name}{f' with {asked}' if asked else ''}: {told}, "
        f"SHA-256 of the answer as {media} {digest}. {NOT_ESTABLISHED}"
    )
    return Citation(
        iri=f"{here.base}id/query/{query.name}",
        kind="dataset",
        title=query.summary,
        note=note,
        version=here.snapshot.name,
        url=(here.public_address or here.base.rstrip("/")) + question.address(),
        publisher="hostagegraph",
        accessed=today,
    )


def _said(chain: Chain, *, stance: bool = True) -> str:
    """Say who speaks, innermost first, with the kind of attribution, the stance and the day."""
    first, *through = reversed(chain.voices)
    plain = chain.stance in ("asserts", "reports") or not stance
    how = "" if plain else f", who {chain.stance}"
    way = "".join(f", through {voice.label}" for voice in through)
    day = f", {chain.date}" if chain.date else ""
    return f"{first.label} ({first.attribution}){how}{way}{day}"


def _places(chains: Iterable[Chain]) -> str:
    """Name the places in the text by their first and last character."""
    passages = dict.fromkeys(each for chain in chains for each in chain.passages)
    spans = [each.rpartition(" (")[2].rstrip(")") for each in passages if each.endswith(")")]
    return f"characters {', '.join(spans)}" if spans else ""
