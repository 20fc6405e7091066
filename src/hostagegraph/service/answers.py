"""Answers of workers in, HTTP responses out: whole or streamed, kept or new."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Mapping
from typing import Any, Final, TypeVar

from fastapi import Request, Response
from starlette.types import Message, Receive, Scope, Send

from hostagegraph import __version__
from hostagegraph.errors import HostagegraphError, QueryRefused
from hostagegraph.service.problems import NotAcceptable
from hostagegraph.service.serving import Serving
from hostagegraph.store import QueryRequest
from hostagegraph.workers import Answer, WorkerPool

log = logging.getLogger(__name__)

T = TypeVar("T")

# Seconds in which a client must take the next 64 KiB: alone, and while others wait for a worker.
PATIENCE: Final = 3.0
HURRY: Final = 0.5
_LOOK: Final = 0.25


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


class Streamed(Response):
    """An answer sent as it comes; if it fails, or is not taken, the body stays unfinished."""

    def __init__(self, answer: Answer, headers: Mapping[str, str]) -> None:
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
    """Do something for a client, and stop when the client leaves. Raises ClientGone then."""
    working = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request.receive))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientGone
        return working.result()
    finally:
        for task in (working, gone):
            task.cancel()
        await asyncio.wait({working, gone})


async def run(request: Request, pool: WorkerPool, query: QueryRequest) -> Answer:
    """Run a query for the client of a request."""
    owner = request.client.host if request.client else ""
    try:
        return await while_there(request, pool.run(query, owner))
    except QueryRefused as error:
        raise NotAcceptable(str(error)) from error


async def respond(request: Request, answer: Answer, headers: Mapping[str, str]) -> Response:
    """Send an answer: with its length when all of it is here, else as it comes."""
    headers = {**headers, "Content-Type": content_type(answer.media_type)}
    whole = answer.whole
    if whole is None and request.method != "HEAD":
        return Streamed(answer, headers)
    await answer.aclose()
    return Response(whole, headers=headers)


def content_type(media: str) -> str:
    """Name a media type with its encoding, where the type does not fix it."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def data_headers(serving: Serving) -> dict[str, str]:
    """Say which data answered."""
    return {"X-Data-Version": serving.snapshot.name, "Vary": "Accept"}


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


async def kept_or_new(
    request: Request, serving: Serving, query: QueryRequest, media: str
) -> Response:
    """Answer a saved query from memory, or by running it."""
    tag = entity_tag(serving, media, query.text)
    headers = {**data_headers(serving), "ETag": tag, "Cache-Control": "no-cache"}
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    if (body := serving.kept.get(tag)) is not None:
        return Response(body, headers=headers | {"Content-Type": content_type(media)})
    answer = await run(request, serving.saved, query)
    if (whole := answer.whole) is not None:
        serving.kept.put(tag, whole)
    return await respond(request, answer, headers)


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
