"""The data in, an account of them out: sources, counts, balance, versions, how to object."""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from hostagegraph.errors import SettingsError
from hostagegraph.service.accounts.names import Name, names
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.answered import rows_of
from hostagegraph.service.pages.counted import holdings
from hostagegraph.service.problems import NotFound
from hostagegraph.service.serving import Serving, reading, serving

router = APIRouter()

_BALANCE: Final = "balance.json"
_MAIL: Final = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_WEB: Final = re.compile(r"https?://[^\s<>\"]+")
_MOST: Final = 20  # earlier versions that are listed


@dataclass(frozen=True, slots=True)
class Contact:
    """Where objections go: the address of a link, and how it is written."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source work with what a reader weighs it by."""

    work: Name
    publisher: Name | None
    issued: str
    claims: int


@dataclass(frozen=True, slots=True)
class Version:
    """One published state of the data, with what it holds and what that changed."""

    name: str
    published: datetime
    holds: Sequence[tuple[int, str]]
    change: Sequence[tuple[int, str]]


def contact_of(text: str) -> Contact | None:
    """Read the setting `contact`; None where it is empty. Raises SettingsError.

    >>> contact_of("editors@example.org")
    Contact(href='mailto:editors@example.org', text='editors@example.org')
    >>> contact_of("") is None
    True
    """
    if not text:
        return None
    if _MAIL.fullmatch(text):
        return Contact(f"mailto:{text}", text)
    if _WEB.fullmatch(text):
        return Contact(text, text.partition("://")[2].rstrip("/"))
    raise SettingsError(f"contact takes a mail address or an http address, not {text}")


@reading(router, "/about", ("text/html",), summary="Say what the data are and how to object")
async def about(request: Request) -> Response:
    """Show sources, counts, balance, versions and licence, and how to correct a record."""
    here = serving(request)
    manifest = here.snapshot.manifest
    if manifest.files:
        raise NotFound("these data come from files, and nothing more is known of them; see /data")
    return await layout.page(
        request,
        "about.html",
        works=await _works(request),
        held=holdings(manifest.counts),
        balance=await asyncio.to_thread(_balance, here),
        versions=await asyncio.to_thread(_versions, here),
        manifest=manifest,
        base=here.base,
    )


async def _works(request: Request) -> Sequence[Source]:
    rows = {row["source"]: row for row in await rows_of(request, "sources")}
    mentioned = (row[key] for row in rows.values() for key in ("source", "publisher"))
    known = await names(request, mentioned)
    return [
        Source(known[iri], known.get(row["publisher"]), _day(row["issued"]), int(row["claims"]))
        for iri, row in rows.items()
    ]


def _day(issued: str) -> str:
    """Write a day of issue as people do; a month or a year stays as it is given."""
    try:
        day = date.fromisoformat(issued)
    except ValueError:
        return issued
    return f"{day.day} {day:%B %Y}"


def _balance(here: Serving) -> Mapping[str, Any] | None:
    """Read the balance report, where one was published."""
    if _BALANCE not in here.snapshot.manifest.dumps:
        return None
    found: Mapping[str, Any] = json.loads((here.snapshot.dumps / _BALANCE).read_bytes())
    return found


def _versions(here: Serving) -> Sequence[Version]:
    """List this version and those before it that are still at hand, the newest first."""
    snapshots = [*here.snapshot.before(), here.snapshot]
    found = []
    before = dict(snapshots[0].manifest.counts)
    for each in snapshots:
        counts = dict(each.manifest.counts)
        change = {key: more for key, n in counts.items() if (more := n - before.get(key, 0))}
        found.append(Version(each.name, each.published, holdings(counts), holdings(change)))
        before = counts
    return found[::-1][:_MOST]
