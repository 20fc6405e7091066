"""An earlier snapshot and a query in, its answer out: from a worker that lives for this alone."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from fastapi import Request

from hostagegraph.errors import ResultTooLarge, WorkersBusy
from hostagegraph.service.answers import collect, while_there
from hostagegraph.service.edge.visits import visit
from hostagegraph.service.serving import Kept, Serving
from hostagegraph.snapshot import Snapshot
from hostagegraph.store import QueryRequest
from hostagegraph.workers import WorkerPool

_MOST_WAITING: Final = 8
MOST_BYTES: Final = 8_000_000


@dataclass(slots=True)
class Past:
    """Answers of earlier snapshots; they never change, so they are kept over all snapshots.

    One worker is asked at a time, and few wait for it: what is new needs the machine more.
    """

    kept: Kept = field(default_factory=Kept)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0

    async def ask(
        self, request: Request, here: Serving, snapshot: Snapshot, query: QueryRequest
    ) -> bytes:
        """Run a query on an earlier snapshot.

        Raises SnapshotError when it is gone, WorkersBusy when too many wait, and what a query
        raises.
        """
        tag = f"{snapshot.manifest.digest}\0{sorted(query.formats.items())}\0{query.text}"
        if (known := self.kept.get(tag)) is not None:
            return known
        if self.waiting >= _MOST_WAITING:
            raise WorkersBusy("too many feeds are being made; come again soon", 5)
        visit(request).takes_worker(here.saved.name, query.text)
        self.waiting += 1
        try:
            async with self.turn:
                if (known := self.kept.get(tag)) is not None:
                    return known
                body = await while_there(request, _asked(here, snapshot, query))
        finally:
            self.waiting -= 1
        self.kept.put(tag, body)
        return body


async def _asked(here: Serving, snapshot: Snapshot, query: QueryRequest) -> bytes:
    limits = replace(here.saved.limits, workers=1, most=1)
    prefixes: Mapping[str, str] = {}
    pool = WorkerPool(snapshot.store, limits, prefixes, "past")
    try:
        await pool.start()
        body = await collect(await pool.run(query), MOST_BYTES)
    finally:
        await pool.close()
    if body is None:
        raise ResultTooLarge(
            f"an earlier answer has more than {MOST_BYTES} bytes; no feed is made of it"
        )
    return body
