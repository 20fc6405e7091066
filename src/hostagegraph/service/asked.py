"""A request in, the query it asks out: the fields of its address and of its body."""

import asyncio
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from fastapi import Request

from hostagegraph.errors import QueryTooLong
from hostagegraph.service.problems import BadRequest, TooSlow, UnsupportedMedia
from hostagegraph.service.serving import serving

DIRECT: Final = "application/sparql-query"
FORM: Final = "application/x-www-form-urlencoded"
_UPDATE: Final = "application/sparql-update"
_READ_ONLY: Final = "updates are not accepted: the data are read-only"
_BODY_SECONDS: Final = 10.0
_MOST_FIELDS: Final = 1000
_ENCODED: Final = 3  # a byte of a form may be written as three


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: the text of one query and its dataset."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def asked_in_body(request: Request) -> Asked:
    """Read a query that is sent directly or as a form."""
    kind, charset = _body_kind(request)
    if kind == _UPDATE:
        raise UnsupportedMedia(_READ_ONLY)
    if kind not in (DIRECT, FORM):
        raise UnsupportedMedia(f"send the query as {DIRECT} or {FORM}")
    if charset not in ("", "utf-8", "us-ascii"):
        raise UnsupportedMedia("send the query in UTF-8")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise UnsupportedMedia("send the body without Content-Encoding")
    ceiling = serving(request).ceilings.text_bytes
    fields = fields_of(request)
    if kind == DIRECT:
        body = await _body(request, ceiling)
        return asked_in({**fields, "query": [*fields.get("query", ()), _decoded(body)]})
    body = await _body(request, _ENCODED * ceiling + 65_536)
    for name, values in fields_in(body).items():
        fields[name] = [*fields.get(name, ()), *values]
    return asked_in(fields)


def asked_in(fields: Mapping[str, Sequence[str]]) -> Asked:
    """Read a query out of fields. Raises BadRequest unless there is exactly one."""
    if "update" in fields:
        raise BadRequest(_READ_ONLY)
    queries = fields.get("query", ())
    if len(queries) != 1:
        raise BadRequest(f"send exactly one query; {len(queries)} came")
    return Asked(queries[0], _iris(fields, "default-graph-uri"), _iris(fields, "named-graph-uri"))


def _iris(fields: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    try:
        return tuple(ox.NamedNode(iri).value for iri in fields.get(name, ()))
    except ValueError as error:
        raise BadRequest(f"{name}: not an absolute IRI: {error}") from error


def fields_of(request: Request) -> dict[str, Sequence[str]]:
    """Read the fields of the address of a request."""
    return fields_in(request.scope["query_string"])


def fields_in(encoded: bytes) -> dict[str, Sequence[str]]:
    """Read the fields of a form or of an address."""
    try:
        pairs = urllib.parse.parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError as error:
        raise BadRequest("the request is not in UTF-8") from error
    except ValueError as error:
        raise BadRequest(f"there are more than {_MOST_FIELDS} fields") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return dict(fields)


def _body_kind(request: Request) -> tuple[str, str]:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    named = dict(part.strip().lower().partition("=")[::2] for part in parameters.split(";"))
    return kind.strip().lower(), str(named.get("charset", "")).strip('"')


async def _body(request: Request, most: int) -> bytes:
    """Read a body that is neither too long nor too slow."""
    too_long = QueryTooLong(f"the body is above the ceiling of {most} bytes")
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > most:
        raise too_long
    parts = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.stream():
                parts += part
                if len(parts) > most:
                    raise too_long
    except TimeoutError as error:
        raise TooSlow(f"the body did not arrive within {_BODY_SECONDS:g} seconds") from error
    return bytes(parts)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest("the query is not in UTF-8") from error
