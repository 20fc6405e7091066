"""Answers of workers in, HTTP responses out: whole or streamed, kept or new."""

import asyncio
import hashlib
import json
import logging
import tempfile
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import Any, Final, TypeVar

from fastapi import Request, Response
from starlette.types import Message, Receive, Scope, Send

from hostagegraph import __version__
from hostagegraph.errors import HostagegraphError, QueryRefused
from hostagegraph.service.edge.visits import visit
from hostagegraph.service.problems import NotAcceptable
from hostagegraph.service.serving import Serving
from hostagegraph.store import QueryRequest
from hostagegraph.worker import CHUNK
from hostagegraph.workers import Answer, WorkerPool

log = logging.getLogger(__name__)

T = TypeVar("T")

# Seconds in which a client must take the next 64 KiB: alone, and while others wait for a worker.
PATIENCE: Final = 3.0
HURRY: Final = 0.5
_LOOK: Final = 0.25
_MOMENT: Final = 0.05  # seconds that pass before it is asked whether the client is still there
_IN_MEMORY: Final = 1 << 20
# What an answer says of itself, for scripts of other pages to read.
EXPOSED: Final = (
    *("Allow", "Cache-Status", "ETag", "Link", "Server-Timing"),
    *("X-Attribution", "X-Data-Version", "X-Query-Hint", "X-Row-Count", "X-Source-Policy"),
)
_CACHE: Final = "hostagegraph"


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


class Measured:
    """An answer that is here as a whole, though not in memory: its length is known."""

    crowded = False  # its worker is free again

    def __init__(self) -> None:
        self.size = 0
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by aclose

    async def take(self, answer: Answer) -> None:
        """Take all of an answer. Raises what the answer raises."""
        async with answer:
            async for chunk in answer:
                self.size += self._file.write(chunk)
        self._file.seek(0)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while chunk := self._file.read(CHUNK):
            yield chunk

    async def aclose(self) -> None:
        """Forget it."""
        self._file.close()


class Streamed(Response):
    """An answer sent as it comes; if it fails, or is not taken, the body stays unfinished."""

    def __init__(self, answer: Answer | Measured, headers: Mapping[str, str]) -> None:
        self.status_code, self.answer, self.background = 200, answer, None
        self.init_headers(headers)

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the end of the answer or of the client, whichever is first."""
        sending = asyncio.ensure_future(self._send(send))
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({sending, gone}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        except (HostagegraphError, TimeoutError) as error:
            # To return without the end of the body lets the server break the connection.
            log.warning("an answer stays unfinished: %s", error)
        finally:
            for task in (sending, gone):
                task.cancel()
            await asyncio.wait({sending, gone})
            await self.answer.aclose()

    async def _send(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        async for chunk in self.answer:
            await self._offer(
                send, {"type": "http.response.body", "body": chunk, "more_body": True}
            )
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _offer(self, send: Send, message: Message) -> None:
        """Send one piece. Raises TimeoutError when the client does not take it."""
        sent = asyncio.ensure_future(send(message))
        waited = 0.0
        try:
            while not (await asyncio.wait({sent}, timeout=_LOOK))[0]:
                waited += _LOOK
                if waited >= (HURRY if self.answer.crowded else PATIENCE):
                    raise TimeoutError("the client does not take its answer")
            sent.result()
        finally:
            sent.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def while_there(request: Request, work: Awaitable[T]) -> T:
    """Do something for a client, and stop when the client leaves. Raises ClientGone then.

    What is done in a moment is done before anybody looks for the client.
    """
    loop = asyncio.get_running_loop()
    until_gone = asyncio.timeout(None)
    looks: list[asyncio.Task[None]] = []

    def look() -> None:
        looks.append(loop.create_task(_gone(request.receive)))
        looks[0].add_done_callback(left)

    def left(look: asyncio.Task[None]) -> None:
        if not look.cancelled():
            until_gone.reschedule(loop.time())

    soon = loop.call_later(_MOMENT, look)
    try:
        async with until_gone:
            return await work
    except TimeoutError:
        if until_gone.expired():
            raise ClientGone from None
        raise
    finally:
        soon.cancel()
        for each in looks:
            each.cancel()


async def run(request: Request, pool: WorkerPool, query: QueryRequest) -> Answer:
    """Run a query for the client of a request."""
    owner = visit(request).takes_worker(pool.name, query.text)
    try:
        return await while_there(request, pool.run(query, owner))
    except QueryRefused as error:
        raise NotAcceptable(str(error)) from error


async def checked(request: Request, pool: WorkerPool, text: str, base: str) -> tuple[str, ...]:
    """Parse a query for the client of a request; give the functions that nobody knows."""
    owner = visit(request).takes_worker(pool.name, text)
    return await pool.check(text, base, owner)


async def respond(request: Request, answer: Answer, headers: Mapping[str, str]) -> Response:
    """Send an answer: with its length, rows and time when all of it is here, else as it comes."""
    headers = {**headers, "Content-Type": content_type(answer.media_type)}
    whole = answer.whole
    if whole is None and request.method != "HEAD":
        if request.scope["http_version"] == "1.0":
            return await _measured(request, answer, headers)
        return Streamed(answer, headers)
    await answer.aclose()
    if whole is None:
        response = Response(headers=headers)
        del response.headers["content-length"]  # GET would send the answer in pieces
        return response
    return Response(whole, headers={**headers, **_account(answer)})


async def _measured(request: Request, answer: Answer, headers: Mapping[str, str]) -> Response:
    """Answer an old client with a length: without pieces it could not tell a cut from an end."""
    measured = Measured()
    try:
        await while_there(request, measured.take(answer))
    except BaseException:
        await measured.aclose()
        await answer.aclose()
        raise
    told = {**headers, **_account(answer), "Content-Length": str(measured.size)}
    return Streamed(measured, told)


def _account(answer: Answer) -> dict[str, str]:
    """Say how many rows or triples a whole answer has, and how long its query took."""
    told = {}
    if answer.seconds is not None:
        told["Server-Timing"] = f"query;dur={answer.seconds * 1000:.1f}"
    if answer.count is not None:
        told["X-Row-Count"] = str(answer.count)
    return told


def content_type(media: str) -> str:
    """Name a media type with its encoding, where the type does not fix it."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def data_headers(serving: Serving) -> dict[str, str]:
    """Say which data answered."""
    return {"X-Data-Version": serving.snapshot.name, "Vary": "Accept"}


def never_kept() -> dict[str, str]:
    """Say of an answer that it was worked out anew, as always for such a query."""
    return {"Cache-Status": f"{_CACHE}; fwd=bypass"}


def entity_tag(serving: Serving, media: str, text: str) -> str:
    """Name an answer: the same data, query and format give the same bytes."""
    parts = (__version__, serving.snapshot.manifest.digest, media, text)
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def not_modified(request: Request, tag: str) -> bool:
    """Tell whether the client has this answer already."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or tag in {
        part.strip().removeprefix("W/") for part in known.split(",")
    }


def kept_headers(*, hit: bool) -> dict[str, str]:
    """Say whether an answer was at hand."""
    return {"Cache-Status": f"{_CACHE}; {'hit' if hit else 'fwd=miss'}"}


def kept_response(
    request: Request, serving: Serving, tag: str, media: str, headers: Mapping[str, str]
) -> Response | None:
    """Answer from memory, or say that the client has it already; None if it is not at hand."""
    hit = kept_headers(hit=True)
    visit(request).repeats = tag in serving.kept.answers
    if not_modified(request, tag):
        return Response(status_code=304, headers={**headers, **hit})
    if (body := serving.kept.get(tag)) is None:
        return None
    visit(request).kept = True
    if (count := serving.kept.count(tag)) is not None:
        hit["X-Row-Count"] = str(count)
    return Response(body, headers={**headers, **hit, "Content-Type": content_type(media)})


async def kept_or_new(
    request: Request,
    serving: Serving,
    query: QueryRequest,
    media: str,
    pool: WorkerPool | None = None,
) -> Response:
    """Answer a query from memory, or by running it in the pool of saved queries or in another."""
    tag = entity_tag(serving, media, query.text)
    headers = {**data_headers(serving), "ETag": tag, "Cache-Control": "no-cache"}
    if (known := kept_response(request, serving, tag, media, headers)) is not None:
        return known
    answer = await run(request, pool or serving.saved, query)
    if (whole := answer.whole) is not None:
        serving.kept.put(tag, whole, answer.count)
    return await respond(request, answer, headers | kept_headers(hit=False))


async def collect(answer: Answer, most: int) -> bytes | None:
    """Take all of a small answer; None, and no more of it, when it is larger than that."""
    parts = bytearray()
    async with answer:
        async for chunk in answer:
            parts += chunk
            if len(parts) > most:
                return None
    return bytes(parts)


def json_response(content: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with JSON of the project's own."""
    return Response(
        json.dumps(content, ensure_ascii=False), media_type="application/json", headers=headers
    )
