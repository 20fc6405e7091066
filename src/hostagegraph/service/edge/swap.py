"""Follow the pointer to the published snapshot, and change to a new one between two requests."""

import asyncio
import contextlib
import logging
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hostagegraph import snapshot
from hostagegraph.errors import HostagegraphError, SnapshotError
from hostagegraph.queries import Catalogue
from hostagegraph.service.serving import Serving
from hostagegraph.snapshot import Snapshot

log = logging.getLogger(__name__)

_MOST_LEAVING: Final = 2  # a third swap waits until the first of these has ended
_SLACK: Final = 5.0  # seconds beyond the time that a query may wait and run

Make = Callable[[Snapshot, Catalogue], Serving]
_Pointer = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """Where snapshots are published, the queries asked of them, and how often to look (seconds)."""

    snapshots: Path
    queries: Path
    every: float = 1.0

    def read(self) -> tuple[Snapshot, Catalogue]:
        """Open the published snapshot and read the catalogue for it."""
        published = snapshot.current(self.snapshots)
        if published.name != published.folder.name:
            raise SnapshotError(f"{published.folder.name}: the manifest is of {published.name}")
        return published, Catalogue.load(self.queries, published.manifest.base)

    def pointer(self) -> _Pointer | None:
        """Tell which snapshot is pointed at; a pointer set anew differs, whatever it names."""
        link = self.snapshots / "current"
        try:
            status = link.lstat()
            return Path(os.readlink(link)).name, status.st_ino, status.st_mtime_ns  # noqa: PTH115
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A snapshot that is published but not served."""

    snapshot: str
    why: str


@dataclass(eq=False, slots=True)
class Shift:
    """One snapshot's time in service, and how many requests are under way on it."""

    serving: Serving
    requests: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)


class InService:
    """The snapshot in service; those before it, until their last request has ended.

    `swaps` counts what came of new snapshots: done, refused.
    """

    def __init__(self, first: Serving, make: Make, publication: Publication | None = None) -> None:
        self.publication = publication
        self.refused: Refusal | None = None
        self.swaps: Counter[str] = Counter()
        self._shift = Shift(first)
        self._make = make
        self._seen: _Pointer | None = None
        self._leaving: dict[Shift, asyncio.Task[None]] = {}
        self._looking = asyncio.Lock()

    @property
    def serving(self) -> Serving:
        """What new requests get."""
        return self._shift.serving

    @property
    def leaving(self) -> int:
        """How many earlier snapshots still have requests under way."""
        return len(self._leaving)

    def begin(self) -> Shift:
        """Pin the snapshot in service for one request, which ends with `end`."""
        self._shift.requests += 1
        return self._shift

    def end(self, shift: Shift) -> None:
        """Let a pinned snapshot go."""
        shift.requests -= 1
        if not shift.requests and shift is not self._shift:
            shift.idle.set()

    async def start(self) -> None:
        """Start the workers of the first snapshot."""
        await self.serving.start()

    async def close(self) -> None:
        """End all workers."""
        for leaving in list(self._leaving.values()):
            leaving.cancel()
        await asyncio.gather(*self._leaving.values(), return_exceptions=True)
        await self.serving.close()

    async def follow(self) -> None:
        """Look for a new snapshot again and again."""
        while self.publication is not None:
            await asyncio.sleep(self.publication.every)
            await self.look()

    async def look(self, *, again: bool = False) -> None:
        """Change to the published snapshot if the pointer has moved.

        What was refused is not tried again until the pointer is set anew, or `again` is asked for.
        """
        async with self._looking:
            if self.publication is None or self.leaving >= _MOST_LEAVING:
                return
            pointer = self.publication.pointer()
            if pointer is None or (pointer == self._seen and not again):
                return
            self._seen = pointer
            if pointer[0] == self.serving.snapshot.name:
                self.refused = None
                return
            await self._change(pointer[0])

    async def _change(self, name: str) -> None:
        """Serve another snapshot once its workers are ready; keep the old one if they are not."""
        assert self.publication is not None  # noqa: S101 - `look` has seen it
        try:
            found, catalogue = await asyncio.to_thread(self.publication.read)
            fresh = self._make(found, catalogue)
            await fresh.start()
        except (HostagegraphError, OSError, TypeError, ValueError) as error:
            self.swaps["refused"] += 1
            self.refused = Refusal(name, "it cannot be served; the log says why")
            log.error(
                "snapshot %s is refused, %s stays: %s", name, self.serving.snapshot.name, error
            )
            return
        before, self._shift = self._shift, Shift(fresh)
        self.refused = None
        self.swaps["done"] += 1
        log.info("snapshot %s follows %s", found.name, before.serving.snapshot.name)
        leaving = asyncio.get_running_loop().create_task(self._retire(before))
        self._leaving[before] = leaving
        leaving.add_done_callback(lambda _: self._leaving.pop(before))

    async def _retire(self, shift: Shift) -> None:
        """End the workers of an earlier snapshot behind its last request, which has an end."""
        longest = max(pool.limits.deadline for pool in shift.serving.pools)
        try:
            if shift.requests:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(2 * longest + _SLACK):
                        await shift.idle.wait()
        finally:
            await shift.serving.close()
