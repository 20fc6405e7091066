"""Queries in, answers out: a pool of killable processes, each owning the same read-only store."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from hostagegraph import errors
from hostagegraph.errors import (
    HostagegraphError,
    QueryError,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    SnapshotError,
    WorkersBusy,
)
from hostagegraph.store import Kind, QueryRequest
from hostagegraph.worker import CHUNK, HEADER, encode

log = logging.getLogger(__name__)

_OLD: Final = 1.0  # a query older than this, in seconds, steps back for others
_ACCEPT: Final = 5.0  # a worker that has not taken a query by then has failed
_TRIES: Final = 3
_STOP: Final = 0.5  # a worker that still writes an answer by then, in seconds, is killed
_START_AGAIN: Final = 2.0  # a worker that takes the place of a killed one is ready by then
_START: Final = 30.0  # a worker that is not ready by then has failed
_FEW: Final = 2  # places that stay for others; pools that small are not shared out
_BURST: Final = 0.1  # queries that wait longer, in seconds, get workers beyond the usual number
_CROWD: Final = 15.0  # and these are ended again, when they are free, after so many seconds
_NICE: Final = 10
_AHEAD: Final = 16  # frames read before the client has taken them
_SAID: Final = 4096  # bytes of a line that a worker says; longer ones are cut in pieces


@dataclass(frozen=True, slots=True)
class Limits:
    """What a pool allows: processes, seconds, bytes and waiting queries.

    `workers` are kept free of queries older than a second, as far as `most` processes allow.
    """

    workers: int = 2
    most: int = 8
    deadline: float = 10.0
    memory: int = 1 << 30
    result: int = 100_000_000
    queue: int = 16


class _Died(Exception):
    """The worker closed its pipe."""


@dataclass(eq=False, slots=True)
class _Worker:
    """One process and its pipe."""

    process: asyncio.subprocess.Process
    mapped: int = 0
    sandbox: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""
    old: bool = False
    slowed: bool = False
    doomed: bool = False

    async def send(self, tag: bytes, body: bytes) -> None:
        assert self.process.stdin is not None  # noqa: S101 - opened as a pipe
        try:
            self.process.stdin.write(HEADER.pack(tag, len(body)) + body)
            await self.process.stdin.drain()
        except ConnectionError as error:
            raise _Died from error

    async def receive(self) -> tuple[bytes, bytes]:
        assert self.process.stdout is not None  # noqa: S101 - opened as a pipe
        try:
            tag, length = HEADER.unpack(await self.process.stdout.readexactly(HEADER.size))
            return tag, await self.process.stdout.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise _Died from error

    @property
    def alive(self) -> bool:
        """Ask the system, which knows of an end before the event loop does."""
        return not self.doomed and self.process.returncode is None and not self._ended()

    def _ended(self) -> bool:
        try:
            state = os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return True
        return state is not None

    def kill(self) -> None:
        self.doomed = True
        if self.process.returncode is None:
            # Not `process.kill`: that may take the exit code away from the event loop.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)

    async def drain(self) -> None:
        """Read what is left: the event loop sees the end of a process only behind it."""
        assert self.process.stdout is not None  # noqa: S101 - opened as a pipe
        with contextlib.suppress(ConnectionError):
            while await self.process.stdout.read(CHUNK):
                pass

    def slow_down(self) -> None:
        self.slowed = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, _NICE)


@dataclass(eq=False, slots=True)
class _Waiting:
    """A query in the queue: whose it is, and the worker that it will get."""

    owner: str
    worker: asyncio.Future[_Worker]
    since: float


class Answer:
    """The result of one query: its kind, its media type and its bytes as they come.

    Iterate to the end, or close it: an answer that is dropped keeps its worker until the deadline.
    """

    def __init__(self, kind: Kind, media_type: str, run: "_Run") -> None:
        self.kind, self.media_type, self._run = kind, media_type, run

    @property
    def crowded(self) -> bool:
        """Tell whether others wait while this answer keeps its worker."""
        return self._run.crowded()

    @property
    def whole(self) -> bytes | None:
        """All bytes, if the whole answer is here already."""
        return self._run.whole()

    @property
    def unknown(self) -> tuple[str, ...]:
        """The functions that the query calls and nobody knows: their calls are errors."""
        return tuple((self._run.beginning or {}).get("unknown", ()))

    @property
    def count(self) -> int | None:
        """The rows or triples of a whole answer, where they were counted."""
        return self._run.ending.get("count")

    @property
    def seconds(self) -> float | None:
        """The time a whole answer took in its worker, without the time in the queue."""
        return self._run.ending.get("seconds")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (chunk := await self._run.next()) is not None:
            yield chunk

    async def aclose(self) -> None:
        """Let the query go; if it still runs, its worker is killed."""
        await self._run.stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class WorkerPool:
    """Processes that answer queries on one store, each one query at a time.

    `endings` counts why workers were ended: deadline, died (crash or memory), let go (nobody waits
    for the answer), renewed (grown, or old). A pool that follows another one counts on.
    """

    def __init__(
        self,
        store: Path,
        limits: Limits,
        prefixes: Mapping[str, str] | None = None,
        name: str = "queries",
        endings: Counter[str] | None = None,
    ) -> None:
        self.limits, self.name = limits, name
        self.endings: Counter[str] = Counter() if endings is None else endings
        self._store, self._prefixes = store, dict(prefixes or {})
        self._workers: set[_Worker] = set()
        self._idle: deque[_Worker] = deque()
        self._waiting: deque[_Waiting] = deque()
        self._held: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._runs: set[_Run] = set()
        self._starting = 0
        self._open = False

    # surface

    async def start(self) -> None:
        """Start the workers. Raises SnapshotError when one cannot open the store."""
        self._open = True
        try:
            for worker in await asyncio.gather(
                *(self._spawn() for _ in range(self.limits.workers))
            ):
                self._welcome(worker)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """End all workers; queries that still run are not answered."""
        self._open = False
        for waiting in self._waiting:
            waiting.worker.cancel()
        for run in list(self._runs):
            await run.stop()
        for worker in self._workers:
            if not worker.doomed:
                self._kill(worker)
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def run(self, request: QueryRequest, owner: str = "") -> Answer:
        """Run a query, and answer when its first bytes are here.

        `owner` is whoever asks, such as an address: one owner never holds all workers. Raises the
        errors of a query that has no answer; an error after the first bytes is raised by the
        answer while it is read.
        """
        run = await self._begin(b"Q", request, owner)
        try:
            kind, media = await run.head()
            return Answer(kind, media, run)
        except BaseException:
            await run.stop()
            raise

    async def check(self, text: str, base: str | None = None, owner: str = "") -> tuple[str, ...]:
        """Parse a query without running it, and give the unknown functions it calls.

        Raises QuerySyntaxError.
        """
        run = await self._begin(b"C", QueryRequest(text, {}, base=base), owner)
        try:
            await run.next()
            return tuple(run.ending["unknown"])
        finally:
            await run.stop()

    @property
    def open(self) -> bool:
        """Tell whether the pool takes queries."""
        return self._open

    @property
    def pids(self) -> frozenset[int]:
        """The ids of the worker processes that live now."""
        return frozenset(worker.process.pid for worker in self._workers)

    @property
    def crowded(self) -> bool:
        """Tell whether queries wait for a worker."""
        return bool(self._waiting)

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker now."""
        return len(self._waiting)

    @property
    def ready(self) -> int:
        """How many workers are free now."""
        return len(self._idle)

    @property
    def sandbox(self) -> Mapping[str, Any]:
        """What a worker found when it tried sockets and files; empty when none is there."""
        return next((worker.sandbox for worker in self._workers), {})

    # workers come and go

    async def _spawn(self) -> _Worker:
        limits = self.limits
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "hostagegraph.worker", str(self._store)),
            *("--memory", str(limits.memory), "--result", str(limits.result)),
            *("--parent", str(os.getpid()), "--prefixes", json.dumps(self._prefixes)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=2 * CHUNK,
        )
        worker = _Worker(process)
        self._task(self._listen(process))
        try:
            async with asyncio.timeout(_START):
                tag, body = await worker.receive()
        except (TimeoutError, _Died) as error:
            worker.kill()
            await process.wait()
            raise SnapshotError("a query worker did not start") from error
        except BaseException:
            worker.kill()
            raise
        told = json.loads(body)
        if tag != b"R":
            await process.wait()
            raise _failure(told)
        worker.mapped = told.pop("memory")
        worker.sandbox = told
        return worker

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Pass on what a worker has to say before it dies, line by line."""
        assert process.stderr is not None  # noqa: S101 - opened as a pipe
        rest = b""
        with contextlib.suppress(ConnectionError):
            while part := await process.stderr.read(_SAID):
                *lines, rest = (rest + part).split(b"\n")
                if len(rest) > _SAID:
                    lines, rest = [*lines, rest], b""
                self._say(process.pid, lines)
        self._say(process.pid, [rest])

    def _say(self, pid: int, lines: Iterable[bytes]) -> None:
        for line in filter(None, lines):
            log.warning("%s: worker %d says: %s", self.name, pid, line.decode(errors="replace"))

    def _welcome(self, worker: _Worker) -> None:
        self._workers.add(worker)
        self._task(self._attend(worker))
        if not self._open:
            self._kill(worker)
        asyncio.get_running_loop().call_later(_CROWD, self._shrink)
        self._rest(worker)

    async def _attend(self, worker: _Worker) -> None:
        """Wait for the end of a worker and replace it."""
        code = await worker.process.wait()
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if not worker.doomed and self._open:
            self.died(worker)
            log.warning("%s: worker %d ended (%s)", self.name, worker.process.pid, _ending(code))
        self._top_up()

    def _rest(self, worker: _Worker) -> None:
        """Let a worker be free, for the query that waits longest."""
        if not worker.doomed:
            self._idle.append(worker)
        self._match()

    def _match(self) -> None:
        """Give free workers to waiting queries, owner by owner."""
        for waiting in self._in_turn():
            if not self._idle:
                return
            if waiting.worker.done():
                self._waiting.remove(waiting)
            elif self._may_hold(waiting.owner) and (worker := self._take(waiting.owner)):
                self._waiting.remove(waiting)
                waiting.worker.set_result(worker)

    def _in_turn(self) -> list[_Waiting]:
        """Order the waiting queries: first come first served, as long as that is soon.

        Once the first has waited for a second the last come first: they still have their time,
        while to serve all in order would let every one of them wait as long as the crowd lasts.
        """
        waiting = list(self._waiting)
        if waiting and asyncio.get_running_loop().time() - waiting[0].since > _OLD:
            waiting.reverse()
        return waiting

    def _may_hold(self, owner: str) -> bool:
        """Tell whether one more worker may go to an owner: one always stays for others."""
        most = self.limits.most - 1 if self.limits.most > _FEW else self.limits.most
        return not owner or self._held[owner] < most

    def _take(self, owner: str) -> _Worker | None:
        while self._idle:
            worker = self._idle.popleft()
            if worker.alive:
                worker.owner = owner
                self._held[owner] += 1
                return worker
        return None

    def _let_go(self, worker: _Worker) -> None:
        self._held[worker.owner] -= 1
        if self._held[worker.owner] <= 0:
            del self._held[worker.owner]

    def _top_up(self) -> None:
        """Start workers until enough of them are young and alive."""
        if not self._open:
            return
        alive = [worker for worker in self._workers if not worker.doomed]
        old = sum(worker.old for worker in alive)
        wanted = min(self.limits.most, self.limits.workers + old + self._pressing())
        for _ in range(wanted - len(alive) - self._starting):
            self._starting += 1
            self._task(self._replace())

    def _pressing(self) -> int:
        """Count the queries that have waited longer than a burst of short ones would take."""
        long_ago = asyncio.get_running_loop().time() - _BURST
        return sum(waiting.since <= long_ago for waiting in self._waiting)

    def _shrink(self) -> None:
        """End a free worker that was started for a crowd which has gone."""
        young = [worker for worker in self._workers if not (worker.doomed or worker.old)]
        if len(young) > self.limits.workers and self._idle and not self._waiting:
            self._kill(self._idle.pop())

    def _kill(self, worker: _Worker) -> None:
        worker.kill()
        self._task(worker.drain())

    async def _replace(self) -> None:
        pause = 0.2
        try:
            while self._open:
                try:
                    worker = await self._spawn()
                except (HostagegraphError, OSError) as error:
                    log.error("%s: a worker cannot be started: %s", self.name, error)
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, 10.0)
                else:
                    self._welcome(worker)
                    return
        finally:
            self._starting -= 1

    def _task(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # queries come and go

    async def _begin(self, tag: bytes, request: QueryRequest, owner: str) -> "_Run":
        body = encode(request, self.limits.deadline)
        for _ in range(_TRIES):
            worker = await self._acquire(owner)
            if await self._accepts(worker, tag, body):
                run = _Run(self, worker)
                self._runs.add(run)
                return run
        raise self._busy("those that were ended at once")

    async def _accepts(self, worker: _Worker, tag: bytes, body: bytes) -> bool:
        """Hand a query over; a worker that died before it took the query is not its victim."""
        try:
            async with asyncio.timeout(_ACCEPT):
                await worker.send(tag, body)
                await worker.receive()
        except (TimeoutError, _Died):
            self.end(worker)
            return False
        except BaseException:
            self.end(worker)
            raise
        return True

    async def _acquire(self, owner: str) -> _Worker:
        if not self._open:
            raise WorkersBusy("the service is closing")
        if not self._waiting and self._may_hold(owner) and (worker := self._take(owner)):
            return worker
        self._check_room(owner)
        loop = asyncio.get_running_loop()
        waiting = _Waiting(owner, loop.create_future(), loop.time())
        self._waiting.append(waiting)
        self._match()
        loop.call_later(_BURST + 0.01, self._top_up)
        try:
            async with asyncio.timeout(self.limits.deadline + _START_AGAIN):
                return await waiting.worker
        except TimeoutError as error:
            self._give_back(waiting)
            raise self._busy("none became free in time") from error
        except asyncio.CancelledError:
            self._give_back(waiting)
            if not self._open:
                raise WorkersBusy("the service is closing") from None
            raise

    def _check_room(self, owner: str) -> None:
        """Refuse a query when the queue is full, or nearly full with queries of its owner."""
        queue = self.limits.queue
        if len(self._waiting) >= queue:
            raise self._busy(f"{queue} queries wait already")
        own = sum(waiting.owner == owner for waiting in self._waiting)
        if owner and queue > _FEW and own >= queue - _FEW:
            raise self._busy(f"{own} queries of yours wait already")

    def _give_back(self, waiting: _Waiting) -> None:
        if waiting in self._waiting:
            self._waiting.remove(waiting)
        if waiting.worker.done() and not waiting.worker.cancelled():
            worker = waiting.worker.result()
            self._let_go(worker)
            self._rest(worker)

    def _busy(self, why: str) -> WorkersBusy:
        return WorkersBusy(f"no worker is free: {why}", max(1, round(self.limits.deadline / 2)))

    def release(self, worker: _Worker, mapped: int) -> None:
        """Take a worker back, unless it has grown or was slowed: then a fresh one follows."""
        grown = mapped - worker.mapped > self.limits.memory // 4
        if grown or worker.slowed or not self._open:
            self.endings["renewed"] += 1
            self.end(worker)
        else:
            worker.old = False
            self._let_go(worker)
            self._rest(worker)

    def end(self, worker: _Worker) -> None:
        """Kill a worker that runs a query, and start another."""
        self._kill(worker)
        self._let_go(worker)
        self._top_up()
        self._match()

    def died(self, worker: _Worker) -> None:
        """Count a death once, whether its end or that of its pipe is seen first."""
        if not worker.doomed:
            worker.doomed = True
            self.endings["died"] += 1

    def forget(self, run: "_Run") -> None:
        """Take note that a query has ended."""
        self._runs.discard(run)

    def step_back(self, worker: _Worker, *, works: bool) -> None:
        """Let younger queries go first; one that only waits for its reader is not slowed."""
        worker.old = True
        if works:
            worker.slow_down()
        self._top_up()


class _Run:
    """One query on one worker: reads ahead, keeps the deadline, gives the worker back."""

    def __init__(self, pool: WorkerPool, worker: _Worker) -> None:
        self._pool, self._worker = pool, worker
        self.beginning: dict[str, Any] | None = None
        self.ending: dict[str, Any] = {}
        self._chunks: deque[bytes] = deque()
        self._failure: BaseException | None = None
        self._done = False
        self._begun = False
        self._full = False  # no frame is half read then
        self._leaves = False
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._drive())

    # the reader's side

    async def head(self) -> tuple[Kind, str]:
        """Wait for the first full frame, or for the end of an answer that fills none."""
        while not (self._done or (self._chunks and len(self._chunks[0]) == CHUNK)):
            await self._wait()
        if self._failure is not None:
            raise self._failure
        if self.beginning is None:
            raise QueryError("the worker gave no answer")
        return self.beginning["kind"], self.beginning["media_type"]

    async def next(self) -> bytes | None:
        """Give the next bytes, or None at the end of a whole answer."""
        while not (self._chunks or self._done):
            await self._wait()
        if self._chunks:
            self._room.set()
            return self._chunks.popleft()
        if self._failure is not None:
            raise self._failure
        return None

    def whole(self) -> bytes | None:
        if self._done and self._failure is None:
            return b"".join(self._chunks)
        return None

    def crowded(self) -> bool:
        return self._pool.crowded and not self._done

    async def stop(self) -> None:
        if not self._task.done():
            if not self._leaves:
                self._task.cancel()
            await asyncio.wait([self._task])

    async def _wait(self) -> None:
        self._news.clear()
        await self._news.wait()

    # the worker's side

    async def _drive(self) -> None:
        pool, worker = self._pool, self._worker
        older = asyncio.get_running_loop().call_later(_OLD, self._step_back)
        try:
            async with asyncio.timeout(pool.limits.deadline):
                mapped = await self._read()
            pool.release(worker, mapped)
        except TimeoutError:
            await self._end("deadline")
            self._failure = QueryTimeout(
                f"the query ran into its deadline of {pool.limits.deadline:g} seconds"
            )
        except _Died:
            pool.died(worker)
            pool.end(worker)
            self._failure = await self._death()
        except BaseException as error:
            await self._end("let go")
            self._failure = QueryError("the query was let go")
            if not isinstance(error, asyncio.CancelledError):
                log.exception("%s: reading an answer failed", pool.name)
        finally:
            older.cancel()
            pool.forget(self)
            self._done = True
            self._news.set()

    async def _read(self) -> int:
        """Read frames to the end of the answer; give the memory that the worker then had."""
        while True:
            tag, body = await self._worker.receive()
            if tag == b"D":
                await self._keep(body)
                continue
            told = json.loads(body)
            if tag == b"B":
                self.beginning = told
                continue
            if tag == b"X":
                self._failure = _failure(told)
            else:
                self.ending = told
            return int(told["memory"])

    async def _keep(self, body: bytes) -> None:
        self._chunks.append(body)
        self._begun = True
        self._news.set()
        while len(self._chunks) >= _AHEAD:
            self._full = True
            self._room.clear()
            await self._room.wait()
        self._full = False

    async def _end(self, why: str) -> None:
        """Free the worker: by a word where its answer waits to be taken, else by force."""
        self._leaves = True
        pool, worker = self._pool, self._worker
        left = await self._stopped() if self._full and pool.open else None
        if left is not None:
            pool.release(worker, left)
            return
        pool.endings[why] += 1
        pool.end(worker)
        await worker.process.wait()

    async def _stopped(self) -> int | None:
        """Tell a worker whose answer nobody takes to stop; give the memory that it then has.

        None if it does not stop at once.
        """
        try:
            async with asyncio.timeout(_STOP):
                await self._worker.send(b"S", b"")
                tag, body = b"D", b""
                while tag == b"D":  # one or two are on their way
                    tag, body = await self._worker.receive()
        except (TimeoutError, _Died):
            return None
        return int(json.loads(body)["memory"])

    def _step_back(self) -> None:
        self._pool.step_back(self._worker, works=not self._full)

    async def _death(self) -> QueryError:
        code = await self._worker.process.wait()
        log.warning(
            "%s: a query ended worker %d (%s)%s",
            self._pool.name,
            self._worker.process.pid,
            _ending(code),
            ", its answer is unfinished" if self._begun else "",
        )
        return QueryTooComplex("the query ended its worker: it needs too much memory or depth")


def _failure(told: Mapping[str, Any]) -> HostagegraphError:
    """Turn the frame of an error back into the error."""
    if "cause" in told:
        log.warning("the engine gave up on a query: %s", told["cause"])
    kind = getattr(errors, told["kind"], QueryError)
    if kind is QuerySyntaxError:
        return QuerySyntaxError(told["message"], told["line"], told["column"])
    failure = kind(told["message"])
    assert isinstance(failure, HostagegraphError)  # noqa: S101 - the tree of errors holds no other
    return failure


def _ending(code: int) -> str:
    """Name the end of a process: its signal or its exit code."""
    if code >= 0:
        return f"exit {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
