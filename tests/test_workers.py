"""Query workers with real processes: what one query can do to the others, which is nothing."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import pytest

from hostagegraph.errors import (
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    ResultTooLarge,
    SnapshotError,
    WorkersBusy,
)
from hostagegraph.store import Kind, QueryRequest
from hostagegraph.workers import Answer, Limits, WorkerPool

T = TypeVar("T")

FORMATS: dict[Kind, str | None] = {
    "solutions": "text/csv",
    "boolean": "text/csv",
    "graph": "application/n-triples",
}
ENVOYS = "SELECT ?o { ?s <http://example.org/name> ?o }"
MEMORY = 256 << 20


def product(variables: int, values: int, end: str = "") -> str:
    """Write a query over all combinations of numbers: small in text, as large as one likes."""
    numbers = " ".join(map(str, range(values)))
    blocks = " ".join(f"VALUES ?v{n} {{ {numbers} }}" for n in range(variables))
    return f"{{ {blocks} {end} }}"


ENDLESS = f"SELECT (COUNT(*) AS ?n) {product(6, 100, 'FILTER(?v0+?v1+?v2+?v3+?v4+?v5 < 0)')}"
LONG = f"SELECT * {product(4, 60)}"
BOMB = f"SELECT * {product(3, 300)} ORDER BY DESC(?v2)"
DEEP = "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshot") / "store"
    store = ox.Store(str(folder))
    envoy = ox.NamedNode("http://example.org/envoy-of-sylvania")
    name = ox.NamedNode("http://example.org/name")
    graph = ox.NamedNode("http://example.org/gazette")
    store.add(ox.Quad(envoy, name, ox.Literal("An envoy"), graph))
    store.flush()
    return folder


@asynccontextmanager
async def pool_on(store: Path, limits: Limits) -> AsyncIterator[WorkerPool]:
    pool = WorkerPool(store, limits)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()
        assert not pool.pids


def with_pool(store: Path, limits: Limits, work: Callable[[WorkerPool], Awaitable[T]]) -> T:
    async def run() -> T:
        async with pool_on(store, limits) as pool:
            return await work(pool)

    return asyncio.run(run())


async def rows(pool: WorkerPool, text: str) -> bytes:
    answer = await pool.run(QueryRequest(text, FORMATS))
    return b"".join([chunk async for chunk in answer])


async def rest(answer: Answer) -> int:
    return sum([len(chunk) async for chunk in answer])


async def until(holds: Callable[[], object], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_each_kind_of_query_is_answered_in_its_format(store: Path) -> None:
    async def work(pool: WorkerPool) -> list[tuple[str, str, bytes | None]]:
        found: list[tuple[str, str, bytes | None]] = []
        for text in (ENVOYS, "ASK { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
            answer = await pool.run(QueryRequest(text, FORMATS))
            found.append((answer.kind, answer.media_type, answer.whole))
        return found

    solutions, boolean, graph = with_pool(store, Limits(workers=1), work)
    assert solutions == ("solutions", "text/csv", b"o\r\nAn envoy\r\n")
    assert boolean == ("boolean", "text/csv", b"true")
    assert graph[:2] == ("graph", "application/n-triples")
    assert graph[2] is not None
    assert graph[2].endswith(b'"An envoy" .\n')


def test_the_dataset_of_the_request_is_the_one_that_is_asked(store: Path) -> None:
    async def work(pool: WorkerPool) -> list[bytes | None]:
        everything = QueryRequest(ENVOYS, FORMATS)
        own = QueryRequest(ENVOYS, FORMATS, union=False)
        other = QueryRequest(ENVOYS, FORMATS, default_graphs=("http://example.org/other",))
        return [(await pool.run(request)).whole for request in (everything, own, other)]

    union, own, other = with_pool(store, Limits(workers=1), work)
    assert union == b"o\r\nAn envoy\r\n"
    assert own == other == b"o\r\n"


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("FROM <http://example.org/gazette>", b"o\r\nAn envoy\r\n"),
        ("from <http://example.org/other>", b"o\r\n"),
        ("FROM NAMED <http://example.org/gazette>", b"o\r\n"),
        ("# FROM\n", b"o\r\nAn envoy\r\n"),
    ],
)
def test_a_dataset_in_the_query_wins_over_the_union(store: Path, clause: str, found: bytes) -> None:
    async def work(pool: WorkerPool) -> bytes | None:
        text = f"SELECT ?o {clause} {{ ?s <http://example.org/name> ?o }}"
        return (await pool.run(QueryRequest(text, FORMATS))).whole

    assert with_pool(store, Limits(workers=1), work) == found


def test_relative_iris_are_resolved_against_the_base(store: Path) -> None:
    async def work(pool: WorkerPool) -> bytes | None:
        text = "SELECT ?o { <envoy-of-sylvania> <name> ?o }"
        request = QueryRequest(text, FORMATS, base="http://example.org/")
        return (await pool.run(request)).whole

    assert with_pool(store, Limits(workers=1), work) == b"o\r\nAn envoy\r\n"


def test_a_mistake_is_told_with_its_place_and_costs_no_worker(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        before = pool.pids
        with pytest.raises(QuerySyntaxError) as caught:
            await rows(pool, "SELECT *\n{ ?s ?p }")
        assert caught.value.line == 2
        with pytest.raises(QueryRefused, match="graph"):
            await pool.run(QueryRequest("CONSTRUCT {} {}", {"graph": None}))
        with pytest.raises(QuerySyntaxError):
            await rows(pool, "INSERT DATA { <urn:a> <urn:b> 1 }")
        assert pool.pids == before

    with_pool(store, Limits(workers=1), work)


def test_a_call_of_an_unknown_function_is_an_error_of_its_expression(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        text = "SELECT (<urn:f>(1) AS ?x) (COALESCE(<urn:g>(), 'else') AS ?y) {}"
        answer = await pool.run(QueryRequest(text, FORMATS))
        assert answer.whole == b"x,y\r\n,else\r\n"
        assert answer.unknown == ("urn:f", "urn:g")
        assert await pool.check(text) == ("urn:f", "urn:g")
        many = " ".join(f"<urn:f{n}>(1)" for n in range(17))
        with pytest.raises(QuerySyntaxError, match="16 unknown functions"):
            await rows(pool, f"SELECT * {{}} ORDER BY {many}")

    with_pool(store, Limits(workers=1), work)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (ENVOYS, 1),
        ("SELECT * {}", 1),
        ("SELECT ?x { VALUES ?x { 1 2 3 } }", 3),
        ("SELECT ?x { FILTER(false) }", 0),
        ("ASK {}", None),
        ("CONSTRUCT { <urn:s> <urn:p> ?x } { VALUES ?x { 1 2 2 } }", 2),
    ],
)
def test_a_whole_answer_says_how_much_it_is_and_how_long_it_took(
    store: Path, text: str, count: int | None
) -> None:
    async def work(pool: WorkerPool) -> None:
        answer = await pool.run(QueryRequest(text, FORMATS))
        assert answer.whole is not None
        assert answer.count == count
        assert answer.seconds is not None
        assert answer.seconds > 0

    with_pool(store, Limits(workers=1), work)


def test_a_query_can_be_checked_without_running_it(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        await pool.check(LONG)
        with pytest.raises(QuerySyntaxError):
            await pool.check("ASK {")
        assert await rows(pool, "ASK {}") == b"true"

    with_pool(store, Limits(workers=1, deadline=5), work)


def test_an_endless_query_ends_at_its_deadline_and_its_process_is_gone(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        before = pool.pids
        earlier = asyncio.create_task(rows(pool, f"SELECT (COUNT(*) AS ?n) {product(3, 100)}"))
        await asyncio.sleep(0)
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match="1 seconds"):
            await rows(pool, ENDLESS)
        assert time.monotonic() - began < 1 + 3
        assert await earlier == b"n\r\n1000000\r\n"
        gone = [pid for pid in before if not lives(pid)]
        assert len(gone) == 1
        await until(lambda: len(pool.pids) >= 2 and pool.ready)
        assert await rows(pool, "ASK {}") == b"true"

    with_pool(store, Limits(workers=2, deadline=1), work)


def test_short_queries_find_a_worker_beside_runaways(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        runaways = [asyncio.create_task(rows(pool, ENDLESS)) for _ in range(3)]
        await asyncio.sleep(1.5)
        began = time.monotonic()
        assert await rows(pool, "ASK {}") == b"true"
        assert time.monotonic() - began < 2
        results = await asyncio.gather(*runaways, return_exceptions=True)
        assert [type(result) for result in results] == [QueryTimeout] * 3

    with_pool(store, Limits(workers=2, most=5, deadline=4), work)


def test_planning_stands_under_the_deadline_too(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        steps = "/".join(["<urn:p>"] * 2000)
        with pytest.raises(QueryTimeout):
            await rows(pool, f"ASK {{ ?s {steps} ?o }}")

    with_pool(store, Limits(workers=1, deadline=1), work)


def test_a_stack_overflow_ends_its_own_worker_only(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        before = pool.pids
        with pytest.raises(QueryTooComplex):
            await rows(pool, DEEP)
        await until(lambda: pool.ready == 2)
        assert len(before & pool.pids) == 1
        assert await rows(pool, "ASK {}") == b"true"

    with_pool(store, Limits(workers=2, most=2), work)


def test_a_memory_bomb_ends_its_own_worker_only(
    store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(pool: WorkerPool) -> None:
        other = asyncio.create_task(rows(pool, f"SELECT (COUNT(*) AS ?n) {product(3, 100)}"))
        with pytest.raises(QueryTooComplex):
            await rows(pool, BOMB)
        assert await other == b"n\r\n1000000\r\n"

    with_pool(store, Limits(workers=2, deadline=60, memory=MEMORY), work)
    assert "SIGABRT" in caplog.text or "SIGSEGV" in caplog.text


def test_no_query_reaches_the_network_or_a_file(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        if pool.sandbox["network"] != {"tcp": "denied", "udp": "denied"}:
            pytest.skip("this platform has no seccomp filter")
        before = pool.pids
        with pytest.raises(QueryError):
            await rows(pool, "SELECT * { SERVICE <http://127.0.0.1:8000/> { ?s ?p ?o } }")
        assert pool.pids == before
        assert await rows(pool, "SELECT ?s FROM <file:///etc/passwd> { ?s ?p ?o }") == b"s\r\n"

    with_pool(store, Limits(workers=1), work)


def test_a_result_above_the_cap_is_not_given_as_whole(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        answer = await pool.run(QueryRequest(LONG, FORMATS))
        assert answer.whole is None
        with pytest.raises(ResultTooLarge, match="200000 bytes"):
            await rest(answer)

    with_pool(store, Limits(workers=1, result=200_000), work)


def test_a_small_result_above_the_cap_is_refused_at_once(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        with pytest.raises(ResultTooLarge):
            await pool.run(QueryRequest(f"SELECT * {product(2, 60)}", FORMATS))

    with_pool(store, Limits(workers=1, result=1000), work)


def test_a_worker_killed_in_the_midst_leaves_the_answer_unfinished(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        answer = await pool.run(QueryRequest(LONG, FORMATS))
        (pid,) = pool.pids
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(QueryTooComplex):
            await rest(answer)
        assert await rows(pool, "ASK {}") == b"true"

    with_pool(store, Limits(workers=1, most=1), work)


def test_a_slow_reader_meets_the_deadline(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        answer = await pool.run(QueryRequest(LONG, FORMATS))
        await asyncio.sleep(1.5)
        with pytest.raises(QueryTimeout):
            await rest(answer)

    with_pool(store, Limits(workers=1, deadline=1), work)


async def _closed(answer: Answer) -> None:
    await answer.aclose()


async def _left_early(answer: Answer) -> None:
    async with answer:
        async for _ in answer:
            break


@pytest.mark.parametrize("leave", [_closed, _left_early])
def test_a_worker_is_free_again_when_its_answer_is_dropped(
    store: Path, leave: Callable[[Answer], Awaitable[None]]
) -> None:
    async def work(pool: WorkerPool) -> None:
        (pid,) = pool.pids
        await leave(await pool.run(QueryRequest(LONG, FORMATS)))
        await until(lambda: not lives(pid))
        assert await rows(pool, "ASK {}") == b"true"

    with_pool(store, Limits(workers=1, deadline=60), work)


def test_a_caller_that_gives_up_ends_its_query(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        (pid,) = pool.pids
        caller = asyncio.create_task(rows(pool, ENDLESS))
        await asyncio.sleep(0.3)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        await until(lambda: not lives(pid))
        assert await rows(pool, "ASK {}") == b"true"

    with_pool(store, Limits(workers=1, deadline=60), work)


def test_a_full_queue_refuses_and_says_when_to_come_again(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        running = asyncio.create_task(rows(pool, ENDLESS))
        await asyncio.sleep(0.1)
        waiting = asyncio.create_task(rows(pool, "ASK {}"))
        await asyncio.sleep(0.1)
        with pytest.raises(WorkersBusy) as caught:
            await rows(pool, "ASK {}")
        assert caught.value.retry_after >= 1
        with pytest.raises(QueryTimeout):
            await running
        assert await waiting == b"true"

    with_pool(store, Limits(workers=1, most=1, deadline=2, queue=1), work)


@pytest.mark.parametrize(("crowded", "order"), [(False, "earlier later"), (True, "later earlier")])
def test_the_last_come_first_once_the_first_has_waited_long(
    store: Path, crowded: bool, order: str
) -> None:
    async def work(pool: WorkerPool) -> None:
        done: list[str] = []

        async def ask(name: str) -> None:
            assert await rows(pool, "ASK {}") == b"true"
            done.append(name)

        running = asyncio.create_task(rows(pool, ENDLESS))
        await asyncio.sleep(0.1)
        earlier = asyncio.create_task(ask("earlier"))
        await asyncio.sleep(0.1)
        later = asyncio.create_task(ask("later"))
        await asyncio.sleep(1.5 if crowded else 0.1)
        running.cancel()
        await asyncio.gather(running, earlier, later, return_exceptions=True)
        assert " ".join(done) == order

    with_pool(store, Limits(workers=1, most=1, deadline=30, queue=4), work)


def test_one_owner_never_holds_all_workers(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        request = QueryRequest(ENDLESS, FORMATS)
        greedy = [asyncio.create_task(pool.run(request, "192.0.2.1")) for _ in range(6)]
        await asyncio.sleep(0.5)
        answer = await pool.run(QueryRequest("ASK {}", FORMATS), "192.0.2.2")
        assert answer.whole == b"true"
        for task in greedy:
            task.cancel()
        await asyncio.gather(*greedy, return_exceptions=True)

    with_pool(store, Limits(workers=3, most=3, deadline=30), work)


def test_an_idle_worker_that_dies_is_replaced(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        (pid,) = pool.pids
        os.kill(pid, signal.SIGKILL)
        assert await rows(pool, "ASK {}") == b"true"
        await until(lambda: pid not in pool.pids and pool.ready)

    with_pool(store, Limits(workers=1), work)


def test_a_crowd_gets_more_workers_than_usual(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        text = f"SELECT (COUNT(*) AS ?n) {product(3, 130)}"
        answers = await asyncio.gather(*(rows(pool, text) for _ in range(6)))
        assert set(answers) == {b"n\r\n2197000\r\n"}

    with_pool(store, Limits(workers=1, most=4, deadline=60), work)


def test_a_store_that_cannot_be_opened_is_told_at_the_start(tmp_path: Path) -> None:
    async def start() -> None:
        pool = WorkerPool(tmp_path / "nowhere", Limits(workers=1))
        with pytest.raises(SnapshotError, match="nowhere: the store cannot be opened"):
            await pool.start()
        assert not pool.pids

    asyncio.run(start())


def test_a_closed_pool_answers_nobody(store: Path) -> None:
    async def close() -> None:
        async with pool_on(store, Limits(workers=1, most=1)) as pool:
            running = asyncio.create_task(rows(pool, ENDLESS))
            waiting = asyncio.create_task(rows(pool, "ASK {}"))
            await asyncio.sleep(0.3)
            await pool.close()
            results = await asyncio.gather(running, waiting, return_exceptions=True)
            assert all(isinstance(result, QueryError) for result in results)
            with pytest.raises(WorkersBusy):
                await rows(pool, "ASK {}")

    asyncio.run(close())


def test_workers_die_with_the_process_that_started_them(store: Path, tmp_path: Path) -> None:
    script = tmp_path / "service.py"
    script.write_text(
        "import asyncio, os, signal, sys\n"
        "from pathlib import Path\n"
        "from hostagegraph.workers import Limits, WorkerPool\n"
        "async def main():\n"
        "    pool = WorkerPool(Path(sys.argv[1]), Limits(workers=1))\n"
        "    await pool.start()\n"
        "    print(*pool.pids, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )

    async def run() -> int:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(script), str(store)),
            stdout=asyncio.subprocess.PIPE,
        )
        printed, _ = await process.communicate()
        pid = int(printed)
        await until(lambda: not lives(pid))
        return pid

    assert asyncio.run(run())
