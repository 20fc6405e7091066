"""Errors in, problem documents out: the one table from failure to status."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hostagegraph import errors
from hostagegraph.errors import HostagegraphError


class BadRequest(HostagegraphError):
    """A request breaks the protocol."""


class NotFound(HostagegraphError):
    """Nothing stands at this address."""


class Gone(HostagegraphError):
    """What stood at this address was withdrawn."""


class MethodRefused(HostagegraphError):
    """The address knows no such method."""


class NotAcceptable(HostagegraphError):
    """The client accepts no format of this answer."""


class UnsupportedMedia(HostagegraphError):
    """The body of a request is of a kind that is not read here."""


class TooSlow(HostagegraphError):
    """The body of a request did not arrive in time."""


class Misdirected(HostagegraphError):
    """A request calls the service by a name that is not its own."""


class UnknownToken(HostagegraphError):
    """A request carries a token that nobody was given."""


class RateLimited(HostagegraphError):
    """Somebody asks more often than is allowed: `allowed` in `window` seconds."""

    def __init__(self, message: str, allowed: int, window: int, retry_after: int) -> None:
        super().__init__(message)
        self.allowed, self.window, self.retry_after = allowed, window, retry_after


@dataclass(frozen=True, slots=True)
class Shape:
    """How a failure is told over HTTP; `name` is the fragment of its type."""

    status: int
    name: str
    title: str


SHAPES: Final[Mapping[type[HostagegraphError], Shape]] = {
    BadRequest: Shape(400, "bad-request", "The request is not understood"),
    errors.QuerySyntaxError: Shape(400, "syntax", "The query does not parse"),
    errors.QueryRefused: Shape(400, "refused", "The query asks for what is never done here"),
    errors.QueryTooComplex: Shape(400, "query-too-complex", "The query is too complex"),
    errors.ResultTooLarge: Shape(400, "result-too-large", "The result is too large"),
    UnknownToken: Shape(401, "unknown-token", "This token is not known"),
    NotFound: Shape(404, "not-found", "Nothing stands at this address"),
    errors.UnknownQuery: Shape(404, "unknown-query", "No saved query has this name"),
    MethodRefused: Shape(405, "method", "This method is not offered here"),
    NotAcceptable: Shape(406, "not-acceptable", "No format you accept is offered"),
    TooSlow: Shape(408, "too-slow", "The request took too long to arrive"),
    Gone: Shape(410, "withdrawn", "This record was withdrawn"),
    errors.QueryTooLong: Shape(413, "query-too-long", "The query is too long"),
    UnsupportedMedia: Shape(415, "unsupported-media", "This kind of body is not read here"),
    Misdirected: Shape(421, "misdirected", "This service goes by another name"),
    errors.PolicyError: Shape(400, "policy", "This source policy cannot be obeyed"),
    errors.ParameterError: Shape(422, "parameters", "Some values are wrong"),
    RateLimited: Shape(429, "rate-limit", "Too many requests"),
    errors.QueryError: Shape(500, "engine", "The query could not be answered"),
    HostagegraphError: Shape(500, "internal", "The service failed"),
    errors.WorkersBusy: Shape(503, "busy", "No worker is free"),
    errors.SnapshotError: Shape(503, "no-data", "The data are not available"),
    errors.QueryTimeout: Shape(504, "timeout", "The query ran into its deadline"),
}

# Failures of the build and the command line; one that arrives here is a fault of the service.
BUILD_ONLY: Final = frozenset(
    {
        errors.DateError,
        errors.PassageError,
        errors.HeadError,
        errors.InvalidRecords,
        errors.ShapesError,
        errors.RdfError,
        errors.SettingsError,
    }
)

_MEMBERS: Final = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        **{name: {"type": "string"} for name in ("type", "title", "detail", "excerpt", "hint")},
        **{name: {"type": "integer"} for name in ("status", "line", "column")},
    },
}
# How the description of the interface tells failures; a browser gets the same as a page.
DOCUMENTED: Final[Mapping[int | str, dict[str, Any]]] = {
    status: {
        "description": description,
        "content": {"application/problem+json": {"schema": _MEMBERS}, "text/html": {}},
    }
    for status, description in (
        ("4XX", "The request is wrong, or asks for what is not there"),
        (503, "No worker is free; Retry-After says when to come again"),
        (504, "The query ran into its deadline"),
    )
}

_EXCERPT = 160
_DETAIL = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, ready to be told: the members of RFC 9457 and the headers."""

    status: int
    members: Mapping[str, Any]
    headers: Mapping[str, str]

    def body(self) -> bytes:
        """Write the problem as JSON."""
        return json.dumps(self.members, ensure_ascii=False).encode("utf-8", "replace")


def shape_of(error: HostagegraphError) -> Shape:
    """Find how a failure is told: its own row of the table, or that of its nearest parent."""
    return next(SHAPES[kind] for kind in type(error).__mro__ if kind in SHAPES)


def problem_of(error: HostagegraphError, base: str, text: str = "", hint: str = "") -> Problem:
    """Describe a failure; `text` is the query that it is about, if any."""
    shape = shape_of(error)
    members: dict[str, Any] = {
        "type": f"{base}errors#{shape.name}",
        "title": shape.title,
        "status": shape.status,
    }
    if shape.name != "internal":
        members["detail"] = _shortened(str(error))
    if isinstance(error, errors.QuerySyntaxError):
        members |= _place(error, text)
        hint = error.hint or hint
    if isinstance(error, errors.ParameterError):
        members["problems"] = dict(error.problems)
    if hint:
        members["hint"] = hint
    return Problem(shape.status, members, _headers(error))


def _headers(error: HostagegraphError) -> dict[str, str]:
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if isinstance(error, errors.WorkersBusy | RateLimited):
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, RateLimited):
        headers["RateLimit-Policy"] = f'"client";q={error.allowed};w={error.window}'
        headers["RateLimit"] = f'"client";r=0;t={error.retry_after}'
    if isinstance(error, UnknownToken):
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return headers


def _place(error: errors.QuerySyntaxError, text: str) -> dict[str, Any]:
    """Show the line, and below it a caret under the column."""
    if not error.line:
        return {}
    place: dict[str, Any] = {"line": error.line, "column": error.column}
    lines = text.split("\n")
    if error.line <= len(lines):
        line = lines[error.line - 1]
        start = max(0, min(error.column - _EXCERPT // 2, len(line) - _EXCERPT))
        start += len(line[start:]) - len(line[start:].lstrip())
        if excerpt := line[start : start + _EXCERPT].rstrip():
            at = min(max(error.column - 1 - start, 0), len(excerpt))
            pad = "".join("\t" if sign == "\t" else " " for sign in excerpt[:at])
            place |= {"excerpt": excerpt, "caret": f"{pad}^"}
    return place


def _shortened(message: str) -> str:
    """Keep a message on one line, and short: the engine lists all it could have read."""
    line = re.sub(r"\s+", " ", message)
    return line if len(line) <= _DETAIL else line[:_DETAIL] + " …"
