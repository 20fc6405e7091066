"""A question in, an Atom feed out: what changed in its answer from one snapshot to the next."""

import asyncio
import hashlib
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from hostagegraph import voices
from hostagegraph.errors import SnapshotError
from hostagegraph.policies import passing
from hostagegraph.service.answers import data_headers, entity_tag, not_modified
from hostagegraph.service.asked import fields_of
from hostagegraph.service.questions.changes import Cells, Change, changes
from hostagegraph.service.questions.past import MOST_BYTES, Past
from hostagegraph.service.questions.question import Question, read_question
from hostagegraph.service.questions.results import whole
from hostagegraph.service.rows import JSON, Rows
from hostagegraph.service.serving import Serving, reading, serving
from hostagegraph.snapshot import Snapshot
from hostagegraph.store import QueryRequest

router = APIRouter()

MEDIA: Final = "application/atom+xml"
MOST_ENTRIES: Final = 500
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE: Final = re.compile(r" @[A-Za-z0-9-]+\Z")
_TITLES: Final = {"added": "New", "gone": "No longer there", "changed": "Changed"}
_FORMATS: Final = {"solutions": JSON, "boolean": JSON, "graph": "application/n-triples"}


@dataclass(frozen=True, slots=True)
class Edition:
    """The answer of one snapshot, and when that was published."""

    name: str
    on: datetime
    rows: Rows


@reading(router, "/queries/{name}.atom", (MEDIA,), summary="Follow the answer of a saved query")
async def feed(request: Request, name: str) -> Response:
    """Tell what came, went and changed between the published snapshots that are still kept."""
    here = serving(request)
    query = here.catalogue.get(name)
    question = read_question(query, fields_of(request)).without("page", "explain", "receipt")
    earlier = here.snapshot.before()
    names = ",".join(f"{each.name} {each.published}" for each in earlier)
    tag = entity_tag(here, MEDIA, f"{names}\0{here.public_address}\0{question.key}")
    headers = {**data_headers(here), "ETag": tag, "Cache-Control": "no-cache"}
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    body = here.kept.get(tag)
    if body is None:
        editions = [*await _earlier(request, here, question, earlier)]
        found = await whole(request, question, _FORMATS[query.kind], MOST_BYTES)
        editions.append(Edition(here.snapshot.name, here.published.on, _rows(question, found.body)))
        body = await asyncio.to_thread(written, question, here.base, editions, here.public_address)
        here.kept.put(tag, body)
    return Response(body, headers=headers | {"Content-Type": f"{MEDIA}; charset=utf-8"})


async def _earlier(
    request: Request, here: Serving, question: Question, snapshots: Iterable[Snapshot]
) -> list[Edition]:
    """Ask earlier snapshots the same, but for one that has just been dropped."""
    past: Past = request.app.state.past
    media = _FORMATS[question.query.kind]
    found = []
    for snapshot in snapshots:
        if not _comparable(snapshot, here, question):
            continue
        try:
            claims = await asyncio.to_thread(_passing, snapshot, question)
            asked = QueryRequest(question.text(claims), {question.query.kind: media})
            body = await past.ask(request, here, snapshot, asked)
        except SnapshotError:
            if snapshot.store.is_dir():
                raise
            continue
        found.append(Edition(snapshot.name, snapshot.published, _rows(question, body)))
    return found


def _comparable(snapshot: Snapshot, here: Serving, question: Question) -> bool:
    """Tell whether a snapshot has the same names, and an account of claims if it is needed."""
    known = voices.FILE in snapshot.manifest.dumps
    return snapshot.manifest.base == here.base and (known or not question.policies)


def _passing(snapshot: Snapshot, question: Question) -> tuple[str, ...] | None:
    if not question.policies:
        return None
    return passing(voices.read_claims(snapshot.dumps / voices.FILE), question.policies)


def _rows(question: Question, body: bytes) -> Rows:
    """Read an answer of any kind as rows."""
    if question.query.kind == "solutions":
        return Rows.read(body)
    columns = question.query.variables
    if question.query.kind == "boolean":
        truth = "true" if b'"boolean":true' in body.replace(b" ", b"") else "false"
        return Rows(columns, ({columns[0]: {"type": "literal", "value": truth}},))
    triples = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
    return Rows(
        columns,
        tuple(
            {
                name: {"type": "literal", "value": str(term)}
                for name, term in zip(columns, (t.subject, t.predicate, t.object), strict=True)
            }
            for t in triples
        ),
    )


def written(question: Question, base: str, editions: Sequence[Edition], at: str = "") -> bytes:
    """Write the feed: the newest changes first, with ids that stay the same.

    Links lead to the public address `at`, where there is one; ids rest on the data alone.
    """
    address = question.address(".atom")
    own = base + address.removeprefix("/")
    entries = [
        (older, newer, change)
        for older, newer in itertools.pairwise(editions)
        for change in _changes(question, older, newer)
    ]
    entries.reverse()
    root = ET.Element("feed", {"xmlns": _NAMESPACE})
    _text(root, "id", own)
    _text(root, "title", question.query.summary)
    _text(root, "subtitle", _about(editions, len(entries)))
    _text(root, "updated", _time(editions[-1].on))
    ET.SubElement(root, "link", {"rel": "self", "type": MEDIA, "href": at + address})
    ET.SubElement(root, "link", {"rel": "alternate", "href": at + question.address()})
    _text(ET.SubElement(root, "author"), "name", "hostagegraph")
    for older, newer, change in entries[:MOST_ENTRIES]:
        root.append(_entry(question, own, (older, newer), change, at))
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _changes(question: Question, older: Edition, newer: Edition) -> tuple[Change, ...]:
    columns = question.query.variables
    return changes(older.rows.rows, newer.rows.rows, columns, question.query.claim)


def _about(editions: Sequence[Edition], count: int) -> str:
    if len(editions) == 1:
        return (
            f"This feed begins with the data {editions[0].name}: no earlier snapshot is kept, so "
            "there is nothing yet to compare. Rows are reported, not established."
        )
    shown = f"; the newest {MOST_ENTRIES} stand here" if count > MOST_ENTRIES else ""
    versions = " → ".join(edition.name for edition in editions)
    return f"{count} changes over {versions}{shown}. Rows are reported, not established."


def _entry(
    question: Question, own: str, between: tuple[Edition, Edition], change: Change, at: str
) -> ET.Element:
    older, newer = between
    entry = ET.Element("entry")
    known = "\0".join([own, older.name, newer.name, change.sort, change.claim, repr(change)])
    _text(entry, "id", f"{own.partition('?')[0]}#{hashlib.sha256(known.encode()).hexdigest()}")
    _text(entry, "title", f"{_TITLES[change.sort]}: {_name(question, change)}")
    _text(entry, "updated", _time(newer.on))
    ET.SubElement(entry, "category", {"term": change.sort})
    ET.SubElement(entry, "link", {"rel": "alternate", "href": at + question.address()})
    if change.claim:
        ET.SubElement(entry, "link", {"rel": "related", "href": change.claim})
    _text(entry, "content", _told(change)).set("type", "text")
    return entry


def _told(change: Change) -> str:
    if change.sort == "changed":
        return f"Before:\n{_listed(change.before)}\n\nNow:\n{_listed(change.after)}"
    return _listed(change.before or change.after)


def _listed(rows: Sequence[Cells]) -> str:
    return "\n\n".join("\n".join(f"{name}: {text}" for name, text in cells) for cells in rows)


def _name(question: Question, change: Change) -> str:
    """Name a change by the gist of its claim, or by the first label in its row."""
    cells = dict((change.after or change.before)[0])
    labels = [text for name, text in cells.items() if name.endswith("Label")]
    own = cells.get(f"{question.query.claim}Label", "") if change.claim else ""
    return _LANGUAGE.sub("", own or next(iter(labels or cells.values()), "a row"))


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    """Add an element; a sign that XML has no place for is shown as unknown."""
    element = ET.SubElement(parent, name)
    element.text = _NO_XML.sub("\ufffd", text)
    return element


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
